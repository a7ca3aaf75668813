from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from progress.filing import drafts
from progress.lifecycle import by_unit
from progress.models import ProgressReport, ReportState
from progress.workbook.filing import FilingSheet
from tasks.models import Plan, Task
from tasks.sub_items import acts as sub_items
from tests.cast import (
    Cast,
    accept_report,
    at,
    fill,
    make_milestone,
    make_responsibility,
    make_share,
    report_of,
)
from units.actors import Actor
from units.errors import NotNow
from units.models import LogEntry
from units.sheets import running
from units.sheets.results import Result
from units.sheets.tests.filled import Filler

pytestmark = pytest.mark.django_db

NOW, LATER = at("2022-08-03"), at("2022-08-03", "11:00:00")
TEXTS, NUMBERS = "进展文字", "数字"


def download(plan: Plan, actor: Actor, now: datetime = NOW) -> Filler:
    return Filler(FilingSheet(plan).template(actor, now))


def upload(
    plan: Plan, actor: Actor, filler: Filler, *, skips_bad: bool = False
) -> tuple[Result, bool]:
    return running.perform(FilingSheet(plan), filler.read, actor, LATER, skips_bad=skips_bad)


def cells(result: Result) -> set[str]:
    return {f"{each.sheet}!{each.letter}{each.row}" for each in result.mistakes}


def test_a_filled_workbook_fills_the_draft_and_signs_nothing(
    cast: Cast, plan: Plan, report: ProgressReport
) -> None:
    filler = download(plan, cast.reporter)
    filler.put(TEXTS, 1, "进展情况", "示例：第一批完工。")
    filler.put(TEXTS, 1, "本期无新进展", "")
    filler.put(NUMBERS, 1, "累计完成", 163.98)
    filler.put(NUMBERS, 1, "数据来源", "=1+1")
    result, is_written = upload(plan, cast.reporter, filler)
    assert (is_written, result.mistakes) == (True, [])
    report.refresh_from_db()
    version = report.latest()
    assert version is not None
    assert report.state == ReportState.DRAFT
    assert version.progress == "示例：第一批完工。"
    assert version.edited_by == cast.reporter.user
    assert (version.readings.get().value, version.readings.get().source) == (
        Decimal("163.98"),
        "=1+1",
    )


def test_a_rehearsal_says_the_same_and_writes_nothing(
    cast: Cast, plan: Plan, report: ProgressReport
) -> None:
    filler = download(plan, cast.reporter)
    filler.put(NUMBERS, 1, "累计完成", "１６３．９８")
    entries = LogEntry.objects.count()
    result = running.rehearse(FilingSheet(plan), filler.read, cast.reporter, LATER)
    assert result.sentence == "共2行：新增1行，修改0行，不变1行，有误0行。"
    assert "累计完成：空 → 163.98" in result.outcomes[1].details
    assert report.latest() is None
    assert LogEntry.objects.count() == entries


def test_an_untouched_workbook_makes_no_draft(
    cast: Cast, plan: Plan, report: ProgressReport
) -> None:
    result, _ = upload(plan, cast.reporter, download(plan, cast.reporter))
    assert result.writes == 0
    assert report.latest() is None


def test_one_bad_cell_and_nothing_is_written_unless_bad_rows_are_skipped(
    cast: Cast, plan: Plan, report: ProgressReport
) -> None:
    filler = download(plan, cast.reporter)
    filler.put(TEXTS, 1, "进展情况", "示例：第一批完工。")
    bad = filler.put(NUMBERS, 1, "累计完成", "约160公里")
    result, is_written = upload(plan, cast.reporter, filler)
    assert (is_written, cells(result)) == (False, {f"{NUMBERS}!{bad}"})
    assert report.latest() is None
    result, is_written = upload(plan, cast.reporter, filler, skips_bad=True)
    version = report.latest()
    assert is_written
    assert version is not None
    assert (version.progress, version.readings.count()) == ("示例：第一批完工。", 0)


def test_a_row_changed_since_the_download_is_stale(
    cast: Cast, plan: Plan, report: ProgressReport
) -> None:
    fill(report, cast.reporter, NOW, 100)
    filler = download(plan, cast.reporter)
    fill(report, cast.reporter, NOW, 120)
    filler.put(NUMBERS, 1, "累计完成", 110)
    filler.put(TEXTS, 1, "存在问题", "示例：资金缺口。")
    result, is_written = upload(plan, cast.reporter, filler)
    assert not is_written
    assert [m.sentence[:4] for m in result.mistakes] == ["下载以后"]
    assert cells(result) == {f"{NUMBERS}!{filler.cell(NUMBERS, 1, '编号').coordinate}"}
    _, is_written = upload(plan, cast.reporter, filler, skips_bad=True)
    values = drafts.values_of(report.latest())
    assert values["problems"] == "示例：资金缺口。", "its own row was not touched by the other"
    assert 120 in values.values()


def test_what_is_on_its_way_or_another_units_cannot_be_filled(
    cast: Cast, plan: Plan, task: Task, report: ProgressReport
) -> None:
    fill(report, cast.reporter, NOW, 180)
    filler = download(plan, cast.reporter)
    filler.put(NUMBERS, 1, "累计完成", 190)
    foreign, _ = upload(plan, cast.stranger_reporter, filler, skips_bad=True)
    assert {m.sentence for m in foreign.mistakes} == {
        "本行不是本单位现在可以填报的内容，请重新下载填报表，在新表中填写。"
    }
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    result, _ = upload(plan, cast.reporter, filler)
    assert result.mistakes[0].sentence == "重点工作第1项7月进展当前为“待审签”，不能修改。"
    with pytest.raises(NotNow, match="现在没有可以填报的事项"):
        download(plan, cast.reporter)


def test_rows_shifted_doubled_or_without_mark_are_refused(
    cast: Cast, plan: Plan, report: ProgressReport
) -> None:
    wrongs = {"编号": ("重点工作第9项", "对照栏"), "行标识": ("甲", "行标识缺失")}
    for head, (value, word) in wrongs.items():
        filler = download(plan, cast.reporter)
        filler.put(TEXTS, 1, head, value)
        result, is_written = upload(plan, cast.reporter, filler)
        assert not is_written
        assert word in result.mistakes[0].sentence
    filler = download(plan, cast.reporter)
    page = filler.book[NUMBERS]
    top, heads = filler.places(NUMBERS)
    for place in heads.values():
        page.cell(top + 2, place).value = page.cell(top + 1, place).value
    result, _ = upload(plan, cast.reporter, filler)
    assert [m.sentence for m in result.mistakes] == ["本行在表中出现两次，请只保留一行。"]


def test_a_county_fills_its_own_row_and_a_milestone_its_day(
    cast: Cast, plan: Plan, task: Task, report: ProgressReport
) -> None:
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    held = make_responsibility(task, cast.county, "support")
    make_share(task.indicators.get(), cast.county, 120)
    make_milestone(task, report.responsibility, date(2022, 8, 31))
    county = report_of(task, cast.county)
    assert county.responsibility == held
    filler = download(plan, cast.county_reporter)
    assert filler.book.sheetnames == [NUMBERS]
    assert filler.cell(NUMBERS, 1, "年度目标").value == 120
    filler.put(NUMBERS, 1, "累计完成", 40)
    assert upload(plan, cast.county_reporter, filler)[1]
    filler = download(plan, cast.reporter)
    assert filler.cell(NUMBERS, 1, "上期累计完成").value == 150
    filler.put("节点", 1, "完成日期", date(2022, 7, 20))
    assert upload(plan, cast.reporter, filler)[1]
    step = report.latest().milestone_readings.get()  # type: ignore[union-attr]
    assert step.done_on == date(2022, 7, 20)


def test_only_input_cells_are_open_and_excel_itself_checks_them(
    cast: Cast, plan: Plan, report: ProgressReport
) -> None:
    filler = download(plan, cast.reporter)
    page = filler.book[NUMBERS]
    assert page.protection.sheet
    assert filler.cell(NUMBERS, 1, "编号").protection.locked
    assert not filler.cell(NUMBERS, 1, "累计完成").protection.locked
    assert filler.cell(NUMBERS, 1, "累计开工").protection.locked, "no starts are counted here"
    assert page.column_dimensions["A"].hidden
    assert {rule.type for rule in page.data_validations.dataValidation} >= {"decimal", "list"}


def test_a_figure_counted_from_the_list_is_saved_along_with_what_was_typed(
    cast: Cast, plan: Plan, task: Task, report: ProgressReport
) -> None:
    indicator = task.indicators.get()
    indicator.unit_of_measure = "个"
    indicator.save()
    done: dict[str, Any] = {
        "stage": "done",
        "started_on": date(2022, 3, 1),
        "finished_on": date(2022, 6, 1),
    }
    sub_items.create(
        indicator=indicator, unit=cast.lead, name="示例", actor=cast.reporter, now=NOW, **done
    )
    filler = download(plan, cast.reporter)
    assert filler.cell(NUMBERS, 1, "累计完成").value == 1
    assert upload(plan, cast.reporter, filler)[0].writes == 0
    filler.put(TEXTS, 1, "进展情况", "示例：第一批完工。")
    result, _ = upload(plan, cast.reporter, filler)
    assert result.outcomes[1].details == ["累计完成：空 → 1"]
    assert report.latest().readings.get().value == 1  # type: ignore[union-attr]
