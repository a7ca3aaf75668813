"""审核: the queue, one report against last period's, two ways out, and nothing typed is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from progress.lifecycle import by_unit
from progress.models import Duty, ProgressReport, Reading, ReportState, ReportVersion
from progress.reviewing.tests.reviewing import another, returned_by_the_head, url
from tasks.models import Plan, Task
from tests.cast import (
    TEXT,
    TEXTS,
    Cast,
    at,
    file_report,
    fill,
    make_indicator,
    make_responsibility,
    make_share,
    make_task,
    make_unit,
    period_of,
    report_of,
)
from tests.pages import browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]


def test_the_longest_waiting_stands_first_and_says_for_how_long(
    cast: Cast, plan: Plan, july: ProgressReport
) -> None:
    old = another(cast, plan, 2, at("2022-07-28"))
    first = text_of(browser(cast.office).get(reverse("progress:review", args=["2022"])))
    assert f'action="{url(old)}accept/"' in first
    page = text_of(browser(cast.office).get(url(july)))
    queue = page.split('class="ql"', 1)[1]
    assert queue.index("道路改造2") < queue.index("道路改造1")
    assert "已4个工作日" in page
    assert "已1个工作日" in page


def test_an_empty_queue_says_so(cast: Cast, report: ProgressReport) -> None:
    page = text_of(browser(cast.office).get(reverse("progress:review", args=["2022"])))
    assert "没有待审核的进展" in page


def test_last_period_stands_beside_this_one(cast: Cast, july: ProgressReport) -> None:
    page = text_of(browser(cast.office).get(url(july)))
    for shown in (">150<", ">180<", ">+30<", ">300公里<"):
        assert shown in page
    assert "<del>" in page
    assert "<ins>" in page
    assert "线上审签" in page


def test_a_finding_is_shown_with_the_units_sentence(
    cast: Cast, june: ProgressReport, report: ProgressReport
) -> None:
    said = {"explanation:same_text:progress": "示例：本月停工。"}
    july = file_report(cast, report, at("2022-08-02"), 180, progress=TEXTS["2022-06"], **said)
    page = text_of(browser(cast.office).get(url(july)))
    assert "进展情况与上期基本相同" in page
    assert "示例：本月停工。" in page
    assert "说明1" in page  # in the queue


def test_what_was_asked_for_stands_beside_the_answer(cast: Cast, july: ProgressReport) -> None:
    client = browser(cast.office)
    assert "退回</b>" not in text_of(client.get(url(july)))
    returned_by_the_head(cast, july)
    july.refresh_from_db()
    answer = {"progress": "示例：重报的进展。"}
    fill(july, cast.reporter, at("2022-08-03", "10:00:00"), 190, **answer)
    by_unit.submit(report=july, actor=cast.reporter, now=at("2022-08-03", "10:00:00"))
    by_unit.return_to_liaison(
        report=july, actor=cast.signer, now=at("2022-08-03", "10:05:00"), reason="示例：单位内部。"
    )
    july.refresh_from_db()
    file_report(cast, july, at("2022-08-03", "10:10:00"), 190, **answer)
    page = text_of(client.get(url(july)))
    assert "第1稿8月3日09:30由督查室 负责人（督查室）退回" in page
    assert "示例：缺材料。" in page
    assert "示例：单位内部。" not in page  # what the unit settled inside it


def test_the_text_for_print_begins_as_the_units_own(cast: Cast, july: ProgressReport) -> None:
    page = text_of(browser(cast.office).get(url(july)))
    area = page.split('name="digest"', 1)[1].split("</textarea>", 1)[0]
    assert TEXT in area


def test_enter_in_a_field_decides_nothing(cast: Cast, july: ProgressReport) -> None:
    page = text_of(browser(cast.office).get(url(july)))
    form = page.split('class="rv-f"', 1)[1]
    assert form.index("<fieldset disabled hidden><button") < form.index("formaction")


def test_figures_that_counties_filed_cost_no_query_each(
    cast: Cast, task: Task, july: ProgressReport, django_assert_max_num_queries: Any
) -> None:
    indicator = task.indicators.get()
    for number in range(1, 13):
        unit = make_unit(f"示例县{number}", "county_government")
        make_share(indicator, unit, 25)
        duty = make_responsibility(task, unit, "support")
        part = ProgressReport.objects.create(
            period=july.period,
            responsibility=duty,
            duty=Duty.SHARE,
            due_on=july.due_on,
            closes_on=july.closes_on,
            state=ReportState.ACCEPTED,
        )
        filed = ReportVersion.objects.create(report=part, number=1)
        Reading.objects.create(version=filed, indicator=indicator, unit=unit, value=Decimal(15))
    client = browser(cast.office)
    client.get(url(july))  # the session is written once
    with django_assert_max_num_queries(25):
        page = text_of(client.get(url(july)))
    assert page.count("由示例县") == 12


def test_a_queue_of_100_costs_as_much_as_one(
    cast: Cast, plan: Plan, july: ProgressReport, django_assert_max_num_queries: Any
) -> None:
    for number in range(2, 102):
        task = make_task(plan, number)
        make_indicator(task, make_responsibility(task, cast.lead, is_primary=True))
    report_of(task, cast.lead)
    others = ProgressReport.objects.filter(period=period_of(plan, "2022-07")).exclude(pk=july.pk)
    ReportVersion.objects.bulk_create(
        ReportVersion(report=each, number=1, edits=1, signed_at=at("2022-08-01")) for each in others
    )
    others.update(state=ReportState.REVIEWING)
    client = browser(cast.office)
    client.get(url(july))  # the session is written once
    with django_assert_max_num_queries(25):
        page = text_of(client.get(url(july)))
    assert "<small>101份</small>" in page
