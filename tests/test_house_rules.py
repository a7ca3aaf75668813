from pathlib import Path

import grimp
import pytest

from tests.house_rules import (
    circles,
    dates_asked_by_hand,
    docstrings,
    empty_posts_passed_over,
    faces,
    imported_views,
    problems,
    sizes,
)


def graph(*imports: tuple[str, str], modules: int = 0) -> grimp.ImportGraph:
    """Modules that import each other, and `modules` more in the room progress.visits."""
    made = grimp.ImportGraph()
    names = {name for pair in imports for name in pair}
    names |= {f"progress.visits.m{place}" for place in range(modules)}
    parents = {
        ".".join(name.split(".")[:n]) for name in names for n in range(1, name.count(".") + 1)
    }
    for name in sorted(names | parents):
        made.add_module(name)
    for importer, imported in imports:
        made.add_import(importer=importer, imported=imported)
    return made


def test_the_product_breaks_no_rule() -> None:
    assert list(problems()) == []


def test_a_circle_is_found_once_however_long_it_is() -> None:
    round_trip = graph(("units.a", "units.b"), ("units.b", "units.c"), ("units.c", "units.a"))
    assert list(circles(round_trip)) == ["循环引用：units.a、units.b、units.c"]
    assert not list(circles(graph(("units.a", "units.b"), ("units.b", "units.c"))))


@pytest.mark.parametrize(
    "importer", ["reports.papers.views", "progress.visits.page", "progress.jobs", "demo.load"]
)
def test_views_are_not_imported_by(importer: str) -> None:
    assert list(imported_views(graph((importer, "progress.filing.views"))))
    assert list(imported_views(graph((importer, "progress.matters.views.orders"))))


@pytest.mark.parametrize(
    "importer",
    ["progress.filing.urls", "progress.urls", "units.admin", "progress.templatetags.progress"],
)
def test_views_may_be_imported_by(importer: str) -> None:
    assert not list(imported_views(graph((importer, "progress.filing.views_acts"))))


def test_the_views_of_a_room_know_each_other() -> None:
    assert not list(imported_views(graph(("units.people.views_again", "units.people.views"))))
    assert not list(
        imported_views(graph(("progress.matters.views.orders", "progress.matters.views.acts")))
    )


def test_what_only_begins_like_a_view_is_none() -> None:
    assert not list(imported_views(graph(("units.people.page", "units.people.viewers"))))


def test_a_room_has_fifteen_modules_and_an_app_twelve_beside_its_rooms() -> None:
    assert not list(sizes(graph(modules=15)))
    assert list(sizes(graph(modules=16))) == ["progress.visits：16个模块，最多15个"]
    flat = [("units.urls", f"units.m{place}") for place in range(12)]
    assert list(sizes(graph(*flat))) == ["units：13个模块，最多12个"]
    django = [("units.migrations.m1", "units.m1"), ("units.management.commands.m1", "units.m1")]
    assert not list(sizes(graph(*flat[1:], *django)))


def test_the_face_of_a_room_imports_nothing() -> None:
    assert list(faces(graph(("tasks.naming", "tasks.naming.acts"))))
    assert not list(faces(graph(("tasks.models", "tasks.models.items"), ("tasks.a.b", "tasks.c"))))


@pytest.mark.parametrize(
    "source",
    [
        "rows.filter(task=task, ends_on=None)",
        "rows.filter(units__ends_on__isnull=True)",
        "rows.exclude(ends_on__lt=day)",
        "Q(ends_on__gte=day)",
        "[row for row in rows if row.ends_on is None]",
    ],
)
def test_who_holds_a_dated_row_is_not_asked_by_hand(source: str) -> None:
    assert list(dates_asked_by_hand(source)) == [1]


def test_a_constraint_and_a_date_may_name_the_end() -> None:
    constraint = "class A:\n    class Meta:\n        constraints = [Q(ends_on__isnull=True)]"
    for source in (constraint, "Naming(ends_on=ends_on)", "rows.on(day)", "row.ends_on = day"):
        assert not list(dates_asked_by_hand(source))


def test_a_room_says_what_is_done_there(tmp_path: Path) -> None:
    for name, text in (("said", '"""Here."""'), ("silent", "")):
        (tmp_path / "tasks" / name).mkdir(parents=True)
        (tmp_path / "tasks" / name / "__init__.py").write_text(text)
    found = docstrings({"tasks.said", "tasks.silent"}, tmp_path)
    assert list(found) == ["tasks.silent：__init__没有说明"]


@pytest.mark.parametrize(
    "source",
    [
        "form = AForm(request.POST or None)",
        "form = AForm(data, request.FILES or None)",
        "form = AForm(request.POST if request.POST else None)",
    ],
)
def test_a_form_sent_empty_is_not_taken_for_a_page_opened(source: str) -> None:
    assert list(empty_posts_passed_over(source)) == [1]
    assert not list(empty_posts_passed_over("form = AForm(posted(request))"))
    by_method = "form = AForm(request.POST if request.method == 'POST' else None)"
    assert not list(empty_posts_passed_over(by_method))
