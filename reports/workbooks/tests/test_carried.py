"""结转清单 in 年终对账: what goes on, how far it came, what continues it; as the page lists it."""

from __future__ import annotations

from datetime import date

import pytest

from progress.closing.outcomes import carry_over, set_outcome
from reports.tests.factories import freeze
from reports.tests.reading import text_of
from reports.tests.reckoning import unequal
from reports.workbooks.tests.test_workbooks import finalize_june, opened
from tasks.models import Plan, Task
from tests.cast import Cast, at, make_item, make_task
from tests.pages import browser

pytestmark = pytest.mark.django_db
NOW = at("2022-08-03")


@pytest.fixture
def tasks(plan: Plan, cast: Cast) -> list[Task]:
    """Three items: the first goes on as one of 2023, the second goes on, the third is done."""
    tasks = [make_item(plan, cast, number) for number in (1, 2, 3)]
    for task in tasks:
        freeze(task, percent=50)
    finalize_june(plan)
    for task, outcome in zip(tasks, ("carried_over", "ongoing", "done"), strict=True):
        set_outcome(task=task, outcome=outcome, note="示例：续建。", actor=cast.office, now=NOW)
    later = Plan.objects.create(
        series="政府重点工作", year=2023, slug="2023", title="示例", issued_on=date(2023, 1, 20)
    )
    into = make_task(later, 5)
    carry_over(task=tasks[0], into=into, actor=cast.office, now=NOW)
    return tasks


def test_it_lists_what_goes_on_and_the_cover_counts_it(
    plan: Plan, cast: Cast, tasks: list[Task]
) -> None:
    book = opened("year-end", plan, cast.office)
    rows = [row for row in book["结转清单"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert [(row[1], row[4], row[8]) for row in rows] == [
        ("重点工作第1项", "结转", "2023年重点工作第5项 道路改造5"),
        ("重点工作第2项", "持续推进", "尚未确定"),
    ]
    assert rows[0][6] == "改造道路：目标300公里，完成—"
    assert rows[0][7] == "示例：续建。"
    assert unequal(book) == []


def test_the_page_shows_one_outcome_at_a_time(cast: Cast, tasks: list[Task]) -> None:
    office = browser(cast.office)
    page = text_of(office.get("/2022/outcomes/?outcome=carried_over").content.decode())
    assert "重点工作第1项" in page or "道路改造1" in page
    assert "道路改造2" not in page
    assert "结转1" in page
    assert "全部3" in page
    for unknown in ("?outcome=xx", ""):
        assert "道路改造2" in text_of(office.get(f"/2022/outcomes/{unknown}").content.decode())
