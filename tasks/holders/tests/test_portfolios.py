"""分管市领导 of an item: by the item itself, else by the unit that writes its report."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.holders.portfolios import in_charge, in_charge_of
from tasks.models import Plan, Portfolio, PortfolioKind, Responsibility, Task
from units.models import Post, PostKind, Unit

pytestmark = pytest.mark.django_db
START, DAY = date(2022, 1, 21), date(2022, 8, 3)


@pytest.fixture
def task() -> Task:
    plan = Plan.objects.create(
        series="示例",
        year=2022,
        slug="2022",
        title="示例",
        document_number="示例",
        issued_on=START,
        source_text="示例",
    )
    task = Task.objects.create(
        plan=plan,
        kind="key_task",
        number=1,
        text="示例。",
        short_title="示例",
        tracking="qualitative",
        cycle="quarterly",
    )
    for name, is_primary in (("市住建局", True), ("市城管委", False)):
        unit = Unit.objects.create(name=name, kind="municipal_department")
        Responsibility.objects.create(
            task=task, unit=unit, role="lead", is_primary=is_primary, starts_on=START
        )
    return task


def give(title: str, **fields: object) -> Post:
    """A post with a unit or a task in its charge, from the year's beginning."""
    post, _ = Post.objects.get_or_create(title=title, kind=PostKind.CITY_LEADER)
    values = {"kind": PortfolioKind.IN_CHARGE, "starts_on": START, **fields}
    Portfolio.objects.create(post=post, **values)
    return post


def posts_of(task: Task, day: date = DAY) -> list[Post]:
    """Asked both ways, which must agree."""
    posts = in_charge_of([task], day)[task.pk]
    for post in Post.objects.all():
        assert in_charge(Task.objects.all(), post, day).contains(task) == (post in posts)
    return posts


def unit(name: str = "市住建局") -> Unit:
    return Unit.objects.get(name=name)


def test_the_post_with_the_primary_s_unit_is_in_charge(task: Task) -> None:
    post = give("分管城建副市长（示例）", unit=unit())
    give("分管产业副市长（示例）", unit=unit("市城管委"))
    assert posts_of(task) == [post]


def test_a_portfolio_of_the_item_itself_comes_first(task: Task) -> None:
    give("分管城建副市长（示例）", unit=unit())
    own = give("常务副市长（示例）", task=task)
    assert posts_of(task) == [own]


def test_nobody_is_in_charge_of_an_item_without_a_portfolio(task: Task) -> None:
    give("分管产业副市长（示例）", unit=unit("市城管委"))
    assert posts_of(task) == []


def test_other_kinds_of_portfolio_do_not_count(task: Task) -> None:
    give("副秘书长（示例）", unit=unit(), kind=PortfolioKind.COORDINATING)
    assert posts_of(task) == []


def test_a_portfolio_holds_for_its_time(task: Task) -> None:
    before = give("前任（示例）", unit=unit(), ends_on=date(2022, 6, 30))
    after = give("后任（示例）", unit=unit(), starts_on=date(2022, 7, 1))
    assert posts_of(task, date(2022, 6, 30)) == [before]
    assert posts_of(task, date(2022, 7, 1)) == [after]


def test_posts_stand_in_their_own_order(task: Task) -> None:
    later = give("副市长（示例）", unit=unit())
    first = give("常务副市长（示例）", unit=unit())
    Post.objects.filter(pk=later.pk).update(ordinal=2)
    Post.objects.filter(pk=first.pk).update(ordinal=1)
    assert posts_of(task) == [first, later]


def test_any_number_of_items_takes_two_queries(
    task: Task, django_assert_num_queries: object
) -> None:
    give("分管城建副市长（示例）", unit=unit())
    with django_assert_num_queries(2):  # type: ignore[operator]
        in_charge_of([task, task], DAY)
