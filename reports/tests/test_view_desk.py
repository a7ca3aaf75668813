"""我的工作台: what is owed by urgency, for the liaison and for the head of the unit."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from huangshi_tasks.lib import clock
from progress import workflow
from progress.models import Period, ProgressReport
from progress.opening import open_due_periods
from progress.tests.cast import (
    Cast,
    accept_report,
    at,
    file_report,
    fill,
    make_indicator,
    make_item,
    make_responsibility,
    make_share,
    report_of,
)
from progress.tests.test_standing import suspend
from reports.tests.factories import freeze
from reports.tests.test_view_overview import client_of, page_of, text_of
from tasks.models import Plan, Task

pytestmark = pytest.mark.django_db

ADDRESS = "/2022/desk/"
JUNE = "2022-06"
NOW = at("2022-08-02")
ROW = re.compile(r'<li class="td-.*?</li>', re.DOTALL)


@pytest.fixture
def plan(plan: Plan) -> Plan:
    """Everything up to June is finalized."""
    Period.objects.filter(plan=plan, data_as_of__lte=date(2022, 6, 30)).update(state="finalized")
    return plan


def set_june(state: str) -> None:
    Period.objects.filter(code=JUNE).update(state=state)


def rows_of(page: str) -> list[str]:
    """The words of each row of the list, without white space."""
    return [re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", row)) for row in ROW.findall(page)]


def july(plan: Plan, cast: Cast, number: int) -> ProgressReport:
    return report_of(make_item(plan, cast, number), cast.lead)


def return_it(report: ProgressReport, cast: Cast) -> ProgressReport:
    sent = file_report(cast, report, at("2022-08-01"), 200)
    return workflow.return_to_unit(
        report=sent, actor=cast.office, now=at("2022-08-02", "16:20:00"), reason="请补充现场照片。"
    )


def make_every_state(plan: Plan, cast: Cast) -> None:
    """待填报, 草稿, 待审签, 退回, 待审核 and 已通过, in the order of items 1 to 6."""
    july(plan, cast, 1)
    fill(july(plan, cast, 2), cast.reporter, NOW, 180)
    signing = july(plan, cast, 3)
    fill(signing, cast.reporter, NOW, 200)
    workflow.submit(report=signing, actor=cast.reporter, now=NOW)
    return_it(july(plan, cast, 4), cast)
    file_report(cast, july(plan, cast, 5), NOW, 200)
    accept_report(cast, july(plan, cast, 6), NOW, 200)


def test_the_liaison_reads_what_is_owed_most_urgent_first(cast: Cast, plan: Plan) -> None:
    make_every_state(plan, cast)
    page = page_of(cast.reporter, ADDRESS)
    assert "市住建局·7月待办4项" in text_of(page)
    rows = rows_of(page)
    assert [re.match(r"退回|草稿|待填报|待审签", row).group() for row in rows] == [  # type: ignore[union-attr]
        "退回",
        "草稿",
        "待填报",
        "待审签",
    ]
    assert "督查室8月2日16:20退回：请补充现场照片。8月4日24时还剩1天修改重报" in rows[0]
    assert "保存于8月2日10:00，“下一步工作安排”未填8月5日24时还剩2天继续填报" in rows[1]
    assert "7月进展待填报8月5日24时还剩2天填报" in rows[2]
    assert "于8月2日10:00送审签" in rows[3]
    assert rows[3].endswith("查看")


def test_the_head_of_the_unit_finds_first_what_waits_for_the_signature(
    cast: Cast, plan: Plan
) -> None:
    make_every_state(plan, cast)
    rows = rows_of(page_of(cast.signer, ADDRESS))
    assert rows[0].startswith("待审签")
    assert rows[0].endswith("审签")
    assert all(row.endswith("查看") for row in rows[1:])


def test_a_chip_shows_as_many_rows_as_it_says(cast: Cast, plan: Plan) -> None:
    make_every_state(plan, cast)
    july(plan, cast, 7)
    page = page_of(cast.reporter, ADDRESS)
    chips = re.findall(r'href="\?kind=(\w+)".*?<b[^>]*>(\d+)</b>', page)
    assert ("none", "2") in chips
    for kind, count in chips:
        assert len(rows_of(page_of(cast.reporter, f"{ADDRESS}?kind={kind}"))) == int(count)
    assert "没有这一类待办" in page_of(cast.reporter, f"{ADDRESS}?kind=nonsense")


def test_the_panel_counts_every_owed_filing_once(cast: Cast, plan: Plan) -> None:
    make_every_state(plan, cast)
    text = text_of(page_of(cast.reporter, ADDRESS))
    assert "7月报送情况8月5日（星期五）24时截止" in text
    # 待审核, 已通过 and, once filed, the returned one have left the unit
    assert "3/6项已报送应报6项" in text
    assert "已通过1待审核1已退回1待审签1草稿1待填报1" in text


def test_a_late_signature_is_late_for_the_liaison_and_still_a_signature_for_the_head(
    cast: Cast, plan: Plan
) -> None:
    report = july(plan, cast, 1)
    fill(report, cast.reporter, NOW, 200)
    workflow.submit(report=report, actor=cast.reporter, now=NOW)
    clock.configure(date(2022, 8, 8))
    (liaison,) = rows_of(page_of(cast.reporter, ADDRESS))
    assert liaison.startswith("逾期")
    assert liaison.endswith("逾期3天查看")
    (head,) = rows_of(page_of(cast.signer, ADDRESS))
    assert head.startswith("待审签")
    assert head.endswith("逾期3天审签")


def test_late_filings_stand_behind_returns_and_before_drafts_in_time(
    cast: Cast, plan: Plan
) -> None:
    july(plan, cast, 1)
    return_it(july(plan, cast, 2), cast)
    clock.configure(date(2022, 8, 8))
    rows = rows_of(page_of(cast.reporter, ADDRESS))
    assert [row[:2] for row in rows] == ["退回", "逾期"]
    assert rows[1].endswith("逾期3天补填报送")


def test_once_the_window_is_closed_the_row_says_who_can_open_it(cast: Cast, plan: Plan) -> None:
    july(plan, cast, 1)
    clock.configure(date(2022, 8, 15))
    (row,) = rows_of(page_of(cast.reporter, ADDRESS))
    assert "7月进展报送已于8月12日关闭，如需补报，请联系督查室开启。" in row
    assert row.endswith("查看")


def test_what_was_opened_again_and_what_is_corrected_stand_on_the_desk_after_the_finalization(
    cast: Cast, plan: Plan
) -> None:
    set_june("collecting")
    missed = report_of(make_item(plan, cast, 1), cast.lead, JUNE)
    done = report_of(make_item(plan, cast, 2), cast.lead, JUNE)
    accept_report(cast, done, at("2022-07-04"), 150)
    set_june("finalized")
    assert rows_of(page_of(cast.reporter, f"{ADDRESS}?kind=overdue")) == []
    now = at("2022-08-03")
    workflow.reopen(
        report=missed, actor=cast.office, now=now, reason="迟报补录。", until=date(2022, 8, 9)
    )
    workflow.correct(
        report=ProgressReport.objects.get(pk=done.pk),
        actor=cast.reporter,
        now=now,
        reason="漏计一段。",
    )
    june = [row for row in rows_of(page_of(cast.reporter, ADDRESS)) if "6月进展" in row]
    assert any("8月9日24时还剩6天" in row for row in june)
    assert any("6月进展更正稿" in row and row.endswith("更正继续填报") for row in june)


def test_a_backlog_is_named_from_its_first_period_to_its_last(cast: Cast, plan: Plan) -> None:
    Period.objects.update(state="collecting")
    make_item(plan, cast)
    assert "市住建局·1—2月至7月待办6项" in text_of(page_of(cast.reporter, ADDRESS))


def test_suspended_items_owe_nothing(cast: Cast, plan: Plan) -> None:
    report = july(plan, cast, 1)
    assert len(rows_of(page_of(cast.reporter, ADDRESS))) == 1
    suspend(cast, report.task, date(2022, 7, 1))
    text = text_of(page_of(cast.reporter, ADDRESS))
    assert "待办0项" in text
    assert "现在没有需要报送的事项。" in text


def test_the_reports_of_an_open_period_are_made_when_the_desk_is_first_read(
    cast: Cast, plan: Plan
) -> None:
    make_item(plan, cast)
    assert not ProgressReport.objects.exists()
    assert "7月待办1项" in text_of(page_of(cast.reporter, ADDRESS))


def test_a_county_and_a_co_lead_read_what_part_is_theirs(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    make_responsibility(task, cast.co_lead, "lead", ordinal=2)
    make_responsibility(task, cast.county, "support", ordinal=3)
    make_share(task.indicators.get(), cast.county, 100)
    (county,) = rows_of(page_of(cast.county_reporter, ADDRESS))
    assert "分县数据（首位牵头：市住建局），请填本地一行" in county
    (co_lead,) = rows_of(page_of(cast.co_reporter, ADDRESS))
    assert "共同牵头单位（首位牵头：市住建局），请填本单位分项和一段进展" in co_lead


def test_the_second_line_counts_by_role(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast, 1)
    other = make_item(plan, cast, 2)
    other.responsibilities.filter(is_primary=True).update(unit=cast.stranger)
    make_responsibility(other, cast.lead, "lead", ordinal=2)
    make_item(plan, cast, 1, kind="practical_project")
    helped = make_item(plan, cast, 3)
    helped.responsibilities.filter(is_primary=True).update(unit=cast.stranger)
    make_responsibility(helped, cast.lead, "support", ordinal=2)
    text = text_of(page_of(cast.reporter, ADDRESS))
    assert (
        "牵头2项（其中首位牵头1项），十件实事1件（其中首位责任1件），配合1项（其中通知点名0项）"
    ) in text


def test_items_that_are_behind_come_first(cast: Cast, plan: Plan) -> None:
    for number, light in ((1, "on_pace"), (2, "slow"), (3, "late"), (4, "not_started")):
        freeze(make_item(plan, cast, number), light, percent=40)
    text = text_of(page_of(cast.reporter, ADDRESS))
    own = text[text.index("本单位承担的任务") :]
    assert re.findall(r"道路改造(\d)", own)[:4] == ["3", "2", "4", "1"]
    assert "6月定稿情况本单位4项正常推进1进度偏慢1滞后1未启动1" in text


def test_punctuality_names_what_came_too_late(cast: Cast, plan: Plan) -> None:
    set_june("collecting")
    tasks = [make_item(plan, cast, number) for number in (1, 2, 3)]
    for task, day in zip(tasks, ("2022-07-05", "2022-07-06", "2022-07-08"), strict=True):
        file_report(cast, report_of(task, cast.lead, JUNE), at(day, "23:59:59"), 150)
    set_june("finalized")
    text = text_of(page_of(cast.reporter, ADDRESS))
    assert "按时报送按数据截至，%6月7月33报送中6月2项未按时报送（迟报1至3天）。" in text
    ProgressReport.objects.filter(period__code=JUNE, responsibility__task=tasks[2]).update(
        first_left_at=None, state="draft"
    )
    text = text_of(page_of(cast.reporter, ADDRESS))
    assert "6月7月33报送中6月2项未按时报送（1项未报送，均迟报1天）。" in text


def test_an_empty_desk_says_when_the_next_filing_begins(cast: Cast, plan: Plan) -> None:
    accept_report(cast, july(plan, cast, 1), NOW, 200)
    text = text_of(page_of(cast.reporter, ADDRESS))
    assert "没有待办事项" in text
    assert "下次报送：8月进展8月25日至9月5日。" in text


def test_a_unit_sees_nothing_of_others(cast: Cast, plan: Plan) -> None:
    make_every_state(plan, cast)
    for actor in (cast.stranger_reporter, cast.supporter):
        text = text_of(page_of(actor, ADDRESS))
        assert "待办0项" in text
        assert "退回" not in text.replace("退回重报不影响按时", "")


@pytest.mark.parametrize("who", ["office", "leader", "observer"])
def test_the_desk_is_for_units(who: str, cast: Cast, plan: Plan) -> None:
    response = client_of(getattr(cast, who)).get(ADDRESS)
    assert response.status_code == 403
    assert "我的工作台供各单位联络员和负责人使用。" in response.content.decode()


def fill_the_year(plan: Plan, cast: Cast, count: int) -> None:
    for number in range(1, count + 1):
        task = make_item(plan, cast, number)
        make_indicator(task, task.responsibilities.get(is_primary=True), name="新建桥梁")
        freeze(task, "slow", percent=40)
    open_due_periods(plan, date(2022, 8, 3))
    for report in ProgressReport.objects.filter(period__code="2022-07")[:20]:
        fill(report, cast.reporter, NOW)


@pytest.mark.parametrize("who", ["reporter", "signer", "supporter"])
def test_a_full_year_costs_no_more_than_25_queries(
    who: str, cast: Cast, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill_the_year(plan, cast, 144)
    client = client_of(getattr(cast, who))
    client.get(ADDRESS)
    with django_assert_max_num_queries(25):
        assert client.get(ADDRESS).status_code == 200


def test_twenty_items_cost_no_more_queries_than_one(cast: Cast, plan: Plan) -> None:
    def cost() -> int:
        client = client_of(cast.reporter)
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        return len(queries)

    fill_the_year(plan, cast, 1)
    one = cost()
    for number in range(2, 21):
        make_item(plan, cast, number)
    assert Task.objects.count() == 20
    assert cost() == one
