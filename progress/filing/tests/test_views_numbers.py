"""本期数据一页填: all numbers of a unit on one page, saved report by report."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from progress.filing.drafts import fingerprint
from progress.models import ProgressReport
from tasks.models import Plan
from tests.cast import Cast, accept_report, at, fill, make_item, report_of
from tests.pages import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

PAGE = "/2022/numbers/"


@pytest.fixture
def reports(cast: Cast, plan: Plan) -> list[ProgressReport]:
    """Two items of 市住建局 with a number each, and one without."""
    tasks = [make_item(plan, cast, number) for number in (1, 2)]
    make_item(plan, cast, 3, tracking="qualitative")
    accept_report(cast, report_of(tasks[0], cast.lead, "2022-06"), at("2022-07-04"), 150)
    return [report_of(task, cast.lead) for task in tasks]


def name(report: ProgressReport, column: str = "value") -> str:
    if column == "base":
        return f"r{report.pk}-base"
    return f"r{report.pk}-reading:{report.task.indicators.get().pk}::{column}"


def posted(reports: list[ProgressReport], *values: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for report, value in zip(reports, values, strict=True):
        fields |= {name(report): value, name(report, "base"): fingerprint(report.latest())}
    return fields


def value_of(report: ProgressReport) -> Decimal | None:
    version = report.latest()
    return version.readings.get().value if version is not None else None


def test_the_page_has_the_numbers_of_every_open_report(
    cast: Cast, reports: list[ProgressReport]
) -> None:
    html = browser(cast.reporter).get(PAGE).content.decode()
    assert all(name(report) in html for report in reports)
    assert html.count('class="panel" id="b-') == 2
    assert ">150<" in html  # what was accepted last


def test_all_numbers_are_saved_at_once(cast: Cast, reports: list[ProgressReport]) -> None:
    response = browser(cast.reporter).post(PAGE, posted(reports, "180", "1,020.5"), follow=True)
    assert "已保存2项的数据。" in response.content.decode()
    assert [value_of(report) for report in reports] == [Decimal(180), Decimal("1020.5")]


def test_trouble_with_one_number_holds_no_other_back(
    cast: Cast, reports: list[ProgressReport]
) -> None:
    response = browser(cast.reporter).post(PAGE, posted(reports, "很多", "90"))
    html = response.content.decode()
    assert response.status_code == 409
    assert "1处没有保存" in html
    assert 'value="很多"' in html
    assert value_of(reports[1]) == 90
    assert value_of(reports[0]) is None


def test_a_number_that_a_colleague_changed_is_shown_not_overwritten(
    cast: Cast, reports: list[ProgressReport]
) -> None:
    fields = posted(reports, "180", "90")
    fill(reports[0], cast.reporter, at("2022-08-02"), 170)
    response = browser(cast.reporter).post(PAGE, fields)
    html = response.content.decode()
    assert "同时改过" in html
    assert value_of(reports[0]) == 170
    assert 'value="180"' in html


def test_a_fallen_number_is_said_here_too(cast: Cast, reports: list[ProgressReport]) -> None:
    client = browser(cast.reporter)
    html = client.post(PAGE, posted(reports, "140", "90"), follow=True).content.decode()
    assert "累计数140公里小于上期150公里" in html


def test_a_unit_that_owes_nothing_is_told_so(cast: Cast, reports: list[ProgressReport]) -> None:
    html = browser(cast.stranger_reporter).get(PAGE).content.decode()
    assert "现在没有要填的数据" in html


def test_ten_reports_cost_no_more_than_two(
    cast: Cast, plan: Plan, reports: list[ProgressReport], django_assert_max_num_queries: Any
) -> None:
    client = browser(cast.reporter)
    for number in range(4, 14):
        report_of(make_item(plan, cast, number), cast.lead)
    client.get(PAGE)  # the first page opens the months before; what follows is an ordinary visit
    with django_assert_max_num_queries(25):
        assert client.get(PAGE).status_code == 200
