"""我的工作台: what is owed by urgency, for the liaison and for the head of the unit."""

from __future__ import annotations

import re
from datetime import date

import pytest

from huangshi_tasks.lib import clock
from progress.lifecycle import by_office, by_unit
from progress.models import Period, ProgressReport
from reports.desk.tests.desks import (
    ADDRESS,
    JUNE,
    NOW,
    REPORTS,
    july,
    make_every_state,
    return_it,
    rows_of,
    set_june,
)
from reports.tests.reading import page_of, text_of
from tasks.models import Plan
from tests.cast import (
    Cast,
    accept_report,
    at,
    fill,
    make_item,
    make_responsibility,
    make_share,
    only_filings,
    report_of,
)
from tests.decisions import adjusted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_is_final")]


def test_the_liaison_reads_what_is_owed_most_urgent_first(cast: Cast, plan: Plan) -> None:
    make_every_state(plan, cast)
    page = page_of(cast.reporter, REPORTS)
    rows = rows_of(page)
    assert [re.match(r"退回|草稿|待填报", row).group() for row in rows] == [  # type: ignore[union-attr]
        "退回",
        "待填报",
        "草稿",
    ]
    assert "督查室8月2日16:20退回：请补充现场照片。8月4日24时还剩1天修改重报" in rows[0]
    assert "保存于8月2日10:00，“下一步工作安排”未填8月5日24时还剩2天继续填报" in rows[2]
    assert "7月进展待填报8月5日24时还剩2天填报" in rows[1]
    text = text_of(page)
    assert "已送出2项，不计入待办" in text
    assert "待审签重点3道路改造37月进展8月2日10:00送本单位负责人撤回" in text
    assert "待审核重点5道路改造57月进展8月2日10:00报督查室查看" in text


def test_the_head_of_the_unit_finds_first_what_waits_for_the_signature(
    cast: Cast, plan: Plan
) -> None:
    make_every_state(plan, cast)
    rows = rows_of(page_of(cast.signer, REPORTS))
    assert rows[0].startswith("待审签")
    assert rows[0].endswith("审签")
    assert all(row.endswith("查看") for row in rows[1:])


def test_a_chip_shows_as_many_rows_as_it_says(cast: Cast, plan: Plan) -> None:
    make_every_state(plan, cast)
    july(plan, cast, 7)
    page = page_of(cast.reporter, ADDRESS)
    chips = re.findall(r'href="\?kind=(\w+)".*?<b[^>]*>(\d+)</b>', page)
    assert ("report", "4") in chips
    for kind, count in chips:
        shown = page_of(cast.reporter, f"{ADDRESS}?kind={kind}")
        (number,) = {int(each) for each in re.findall(r"全部 <b[^>]*>(\d+)", shown)}
        groups = re.findall(r'class="td-g[^>]*>[^<]*<small>(\d+)项', shown)
        assert sum(map(int, groups)) == int(count)
        assert number == sum(int(each) for _, each in chips)
    assert "没有这一类待办" in page_of(cast.reporter, f"{ADDRESS}?kind=nonsense")


def test_the_panel_counts_every_owed_filing_once(cast: Cast, plan: Plan) -> None:
    make_every_state(plan, cast)
    text = text_of(page_of(cast.reporter, ADDRESS))
    assert "7月报送情况8月5日（星期五）24时截止" in text
    # 待审核, 已通过 and, once filed, the returned one have left the unit
    assert "3/6份已报送" in text
    assert "已通过1待审核1已退回1待审签1草稿1待填报1" in text


def test_a_late_signature_is_late_for_the_liaison_and_still_a_signature_for_the_head(
    cast: Cast, plan: Plan
) -> None:
    report = july(plan, cast, 1)
    fill(report, cast.reporter, NOW, 200)
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    clock.configure(date(2022, 8, 8))
    assert rows_of(page_of(cast.reporter, REPORTS)) == []
    assert "待审签重点1" in text_of(page_of(cast.reporter, REPORTS))
    (head,) = rows_of(page_of(cast.signer, REPORTS))
    assert head.startswith("待审签")
    assert head.endswith("逾期3天审签")


def test_late_filings_stand_behind_returns_and_before_drafts_in_time(
    cast: Cast, plan: Plan
) -> None:
    july(plan, cast, 1)
    return_it(july(plan, cast, 2), cast)
    clock.configure(date(2022, 8, 8))
    rows = rows_of(page_of(cast.reporter, REPORTS))
    assert [row[:2] for row in rows] == ["退回", "逾期"]
    assert rows[1].endswith("逾期3天补填报送")


def test_once_the_window_is_closed_the_row_says_who_can_open_it(cast: Cast, plan: Plan) -> None:
    july(plan, cast, 1)
    clock.configure(date(2022, 8, 15))
    (row,) = rows_of(page_of(cast.reporter, REPORTS))
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
    assert not [row for row in rows_of(page_of(cast.reporter, REPORTS)) if "6月进展" in row]
    now = at("2022-08-03")
    by_office.reopen(
        report=missed, actor=cast.office, now=now, reason="迟报补录。", until=date(2022, 8, 9)
    )
    by_office.correct(
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
    only_filings(plan)
    assert "1—2月至7月报送情况" in text_of(page_of(cast.reporter, ADDRESS))
    assert len(rows_of(page_of(cast.reporter, REPORTS))) == 6


def test_suspended_items_owe_nothing(cast: Cast, plan: Plan) -> None:
    report = july(plan, cast, 1)
    assert len(rows_of(page_of(cast.reporter, REPORTS))) == 1
    only_filings(plan)
    adjusted(cast, report.task, "suspension", date(2022, 7, 1))
    text = text_of(page_of(cast.reporter, ADDRESS))
    assert "待办0项" in text
    assert "现在没有需要报送的进展。" in text


def test_the_reports_of_an_open_period_are_made_when_the_desk_is_first_read(
    cast: Cast, plan: Plan
) -> None:
    make_item(plan, cast)
    assert not ProgressReport.objects.exists()
    assert len(rows_of(page_of(cast.reporter, REPORTS))) == 1


def test_a_county_and_a_co_lead_read_what_part_is_theirs(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    make_responsibility(task, cast.co_lead, "lead", ordinal=2)
    make_responsibility(task, cast.county, "support", ordinal=3)
    make_share(task.indicators.get(), cast.county, 100)
    (county,) = rows_of(page_of(cast.county_reporter, REPORTS))
    assert "分县数据（首位牵头：市住建局），请填本地一行" in county
    (co_lead,) = rows_of(page_of(cast.co_reporter, REPORTS))
    assert "共同牵头单位（首位牵头：市住建局），请填本单位分项和一段进展" in co_lead
