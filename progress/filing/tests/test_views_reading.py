"""A report that is only read: by whom, how much of it, and at what cost."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from huangshi_tasks.lib import clock
from progress.lifecycle import by_office, by_unit
from progress.models import EvidenceKind, ProgressReport
from tasks.models import Task
from tests.cast import (
    Cast,
    accept_report,
    at,
    attach,
    file_report,
    fill,
    make_milestone,
    make_responsibility,
    make_share,
    make_unit,
    report_of,
)
from tests.pages import browser, draft, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

NOW = at("2022-08-03")


def said(task: Task) -> dict[str, str]:
    """The sentence on counties whose row is not in."""
    key = f"explanation:parts_missing:reading:{task.indicators.get().pk}::value"
    return {key: "示例：区级数据尚未报来。"}


def file_part(cast: Cast, task: Task, km: int) -> ProgressReport:
    """The county's row, signed and sent; the office has yet to look at it."""
    share = report_of(task, cast.county)
    key = f"reading:{task.indicators.get().pk}:{cast.county.pk}:value"
    fill(share, cast.county_reporter, NOW, **{key: km})
    by_unit.submit(report=share, actor=cast.county_reporter, now=NOW)
    return by_unit.sign(report=share, actor=cast.county_signer, now=NOW)


def test_others_see_of_a_part_only_what_was_accepted(cast: Cast, task: Task) -> None:
    make_share(task.indicators.get(), cast.county, 6000)
    make_responsibility(task, cast.county, "support")
    accepted = accept_report(cast, report_of(task, cast.lead), NOW, 180, **said(task))
    part = file_part(cast, task, 6543)
    assert "6,543" in text_of(browser(cast.reporter).get(url(accepted)))
    assert "6,543" not in text_of(browser(cast.leader).get(url(accepted)))
    by_office.accept(report=part, actor=cast.office, now=NOW)
    assert "6,543" in text_of(browser(cast.leader).get(url(accepted)))


def test_others_read_no_light_before_it_is_final_and_nothing_of_a_correction(
    cast: Cast, report: ProgressReport
) -> None:
    accepted = accept_report(cast, report, NOW, 180)
    by_office.correct(report=accepted, actor=cast.reporter, now=NOW, reason="示例：里程有误。")
    draft(browser(cast.reporter), report, problems="示例：更正中的问题。")
    page = text_of(browser(cast.leader).get(url(report)))
    assert "示例：更正中的问题。" not in page
    assert "按此数据" not in page
    assert "报送记录" not in page
    assert "按此数据" in text_of(browser(cast.signer).get(url(report)))


def test_the_history_names_every_version_and_return(cast: Cast, report: ProgressReport) -> None:
    sent = file_report(cast, report, NOW, 180)
    by_office.return_to_unit(report=sent, actor=cast.office, now=NOW, reason="示例：补充照片。")
    page = text_of(browser(cast.reporter).get(url(report)))
    history = page[page.index("报送记录") :]
    assert "第1稿 · 退回" in history
    assert "示例：补充照片。" in history


def test_a_closed_window_says_why_and_who_can_open_it(cast: Cast, report: ProgressReport) -> None:
    clock.configure(date(2022, 8, 15))
    page = text_of(browser(cast.reporter).get(url(report)))
    assert "7月进展报送已于8月12日关闭，如需补报，请联系督查室开启" in page
    assert "还没有填报" in page


def heavy(cast: Cast, task: Task) -> ProgressReport:
    """A report with everything that costs: counties, milestones, a past, returns and files."""
    indicator = task.indicators.get()
    for number in range(8):
        make_share(indicator, make_unit(f"示例区{number}", "county_government"), 10)
    primary = task.responsibilities.get(is_primary=True)
    for _ in range(5):
        make_milestone(task, primary, date(2022, 6, 30))
    june = report_of(task, cast.lead, "2022-06")
    accept_report(cast, june, at("2022-07-04"), 150, **said(task))
    report = report_of(task, cast.lead)
    sent = file_report(cast, report, NOW, 180, **said(task))
    by_office.return_to_unit(report=sent, actor=cast.office, now=NOW, reason="示例：补充照片。")
    for _ in range(10):
        attach(report, cast.reporter, NOW, EvidenceKind.EVIDENCE)
    return report


def test_the_form_costs_at_most_25_queries(
    cast: Cast, task: Task, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    report = heavy(cast, task)
    client = browser(cast.reporter)
    client.get(url(report))
    with django_assert_max_num_queries(25):
        assert client.get(url(report)).status_code == 200


def test_reading_and_signing_cost_at_most_25_queries(
    cast: Cast, task: Task, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    report = heavy(cast, task)
    fill(report, cast.reporter, NOW, 185)
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    liaison, signer = browser(cast.reporter), browser(cast.signer)
    for client, name in ((liaison, "report"), (signer, "signing_report")):
        client.get(url(report, name))
        with django_assert_max_num_queries(25):
            assert client.get(url(report, name)).status_code == 200


def test_the_form_of_a_report_not_begun_costs_at_most_25_queries(
    cast: Cast, task: Task, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    report = report_of(task, cast.lead)
    client = browser(cast.reporter)
    client.get(url(report))
    with django_assert_max_num_queries(25):
        assert client.get(url(report)).status_code == 200
