"""Whatever somebody does to the cells, nothing is stored that the preview did not show."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from progress.filing import drafts
from progress.models import ProgressReport
from progress.workbook.cells import spelled
from progress.workbook.filing import FilingSheet
from progress.workbook.rows_to_fill import FillRow, to_fill
from tests.cast import Cast, accept_report, at, make_item, make_milestone, make_plan, report_of
from units.sheets import running
from units.sheets.book import open_book, text_of
from units.sheets.known import shortened
from units.sheets.package import Unreadable
from units.sheets.results import Result
from units.sheets.tests.filled import Filler, made_strict
from units.sheets.writing import cell_value

NOW = at("2022-08-03")
ITEMS = 2
INPUTS = {
    "进展文字": ("进展情况", "存在问题", "本期无新进展", "希望解决时间", "数据截至"),
    "数字": ("累计完成", "未填原因", "数据来源", "更正上期数据"),
    "节点": ("完成日期", "说明"),
    "上期安排": ("完成情况", "说明"),
}
HIDDEN = st.sampled_from(["", "\u200b", "\ufeff", " ", "\u3000", "\xa0"])
FIGURES = st.decimals(0, 400, places=2).map(str)
ODD = st.text("0123456789,，. '、²①公里%", max_size=8)
WORDS = ["√", "×", "完成", "已完成", "是", "正常", "7月20日", "2022.7.20", "7.20"]
TYPED = st.one_of(
    st.builds("{}{}{}".format, HIDDEN, FIGURES | ODD, HIDDEN),
    st.sampled_from(WORDS),
    st.sampled_from(['=DISPIMG("ID_1",1)', "=1+1", "=B1", "#N/A"]),
    st.floats(0, 400).map(lambda value: round(value, 3)),
    st.integers(-5, 50_000),
    st.dates(date(2021, 12, 1), date(2023, 2, 1)),
    st.booleans(),
    st.none(),
)
FORMATS = st.sampled_from(
    ["General", "0%", "0.0,", '0"公里"', "yyyy-mm-dd", 'm"月"d"日"', ";;;", "@", "000", "#,##0.00"]
)
PLACES = st.sampled_from([(sheet, head) for sheet, heads in INPUTS.items() for head in heads])
CELLS = st.lists(st.tuples(PLACES, st.integers(1, ITEMS), TYPED, FORMATS), max_size=8)
MERGES = st.lists(st.tuples(PLACES, st.integers(1, ITEMS), st.integers(0, 2)), max_size=2)
DELETED = st.sampled_from([None, None, *INPUTS])


def tampered(blank: bytes, cells: Any, merges: Any, deleted: Any, is_strict: bool) -> bytes:
    """The download after somebody worked in it."""
    filler = Filler(blank)
    for (sheet, head), row, value, code in cells:
        cell = filler.cell(sheet, row, head)
        cell.value, cell.number_format = value, code
    for (sheet, head), row, more in merges:
        cell = filler.cell(sheet, row, head)
        below = f"{get_column_letter(cell.column)}{cell.row + more}"
        filler.book[sheet].merge_cells(f"{cell.coordinate}:{below}")
    if deleted is not None and len(filler.book.sheetnames) > 1:
        del filler.book[deleted]
    return made_strict(filler.content) if is_strict else filler.content


def shown_by(result: Result) -> dict[tuple[str, str], set[str]]:
    """Sheet and name of a row → its lines in the preview."""
    return {(each.sheet, each.label): set(each.details) for each in result.outcomes}


def unshown(rows: list[FillRow], reports: list[ProgressReport], result: Result) -> list[str]:
    """What is stored now, was not when the workbook was made, and stood in no preview."""
    shown, missing = shown_by(result), []
    stored = {report.pk: drafts.values_of(report.latest()) for report in reports}
    for row in rows:
        label = " ".join(str(row.values[k]) for k in ("code", "period", "what") if k in row.values)
        for column in row.table.columns:
            key = row.prefix + column.key
            if column.key not in row.fields or key not in stored[row.report.pk]:
                continue
            now = text_of(cell_value(spelled(column.key, stored[row.report.pk][key])))
            before = row.text(column.key)
            line = f"{column.title}：{shortened(before)} → {shortened(now)}"
            if now != before and line not in shown.get((row.table.name, label), set()):
                missing.append(f"{label} {line}")
    return missing


@pytest.mark.django_db
@pytest.mark.parametrize("examples", [30, pytest.param(500, marks=pytest.mark.slow)])
def test_nothing_is_stored_that_the_preview_did_not_show(cast: Cast, examples: int) -> None:
    plan = make_plan()
    tasks = [make_item(plan, cast, number) for number in range(1, ITEMS + 1)]
    for task in tasks:
        june = report_of(task, cast.lead, "2022-06")
        accept_report(cast, june, at("2022-07-04"), 100, next_steps="完成招标")
    reports = [report_of(task, cast.lead) for task in tasks]
    for task, report in zip(tasks, reports, strict=True):
        make_milestone(task, report.responsibility, date(2022, 9, 30))
    wanted = FilingSheet(plan)
    blank = wanted.template(cast.reporter, NOW)
    rows = to_fill(plan, cast.reporter, NOW.date()).rows

    @given(CELLS, MERGES, DELETED, st.booleans())
    @settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    def stores_what_was_shown(cells: Any, merges: Any, deleted: Any, is_strict: bool) -> None:
        content = tampered(blank, cells, merges, deleted, is_strict)
        with suppress(Unreadable), transaction.atomic():
            book = open_book(content)
            preview = running.rehearse(wanted, book, cast.reporter, NOW)
            result, _ = running.perform(wanted, book, cast.reporter, NOW, skips_bad=True)
            assert shown_by(result) == shown_by(preview)
            assert unshown(rows, reports, preview) == []
            transaction.set_rollback(True)

    stores_what_was_shown()
