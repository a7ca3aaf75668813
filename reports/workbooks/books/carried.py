"""结转清单, a page of 年终对账: what goes on next year, how far it came, and what continues it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from huangshi_tasks.lib.text import full_width, number
from progress.board.numbers import IndicatorLine, Tables
from progress.closing.outcomes import OutcomeRow
from progress.models import Outcome
from reports.excel.book import A3_ACROSS, Column, Sheet
from reports.excel.cells import Cell, Value
from reports.ledger.rows import LedgerRow
from reports.workbooks.asked import Asked
from reports.workbooks.described import light_cell, primary_of, without_reason

GOES_ON = (Outcome.CARRIED_OVER, Outcome.ONGOING)
COLUMNS = (
    Column("序号", 6, "center"),
    Column("编号", 16),
    Column("任务内容", 50),
    Column("汇总牵头单位", 18),
    Column("年终结果", 12, "center"),
    Column("状态", 12, "center"),
    Column("完成情况", 40),
    Column("说明", 36),
    Column("承接事项", 30),
    Column("备注", 18),
)


def carried_sheet(
    asked: Asked,
    rows: Sequence[LedgerRow],
    outcomes: Mapping[int, OutcomeRow],
    tables: Mapping[int, Tables],
) -> Sheet:
    """Those whose outcome is 结转 or 持续推进, in the order of the notice."""
    going_on = [row for row in rows if outcomes[row.task.pk].outcome in GOES_ON]
    lines: list[list[Value | Cell]] = [
        [place, *_item(row, outcomes[row.task.pk], tables[row.task.pk])]
        for place, row in enumerate(going_on, start=1)
    ]
    sheet = asked.sheet(
        "结转清单",
        COLUMNS,
        lines,
        paper=A3_ACROSS,
        count=f"共{len(going_on)}项",
        fixed=3,
    )
    return replace(sheet, empty="没有认定为结转或持续推进的事项。")


def _item(row: LedgerRow, said: OutcomeRow, tables: Tables) -> list[Value | Cell]:
    into = said.carried_to
    note = said.said.note if said.said is not None and said.closure is None else ""
    return [
        row.task.code,
        full_width(row.task.words),
        primary_of(row),
        said.label,
        light_cell(row.light),
        _came_to(tables),
        note,
        f"{into.plan.year}年{into}" if into is not None else "尚未确定",
        without_reason(row),
    ]


def _came_to(tables: Tables) -> str:
    """改造道路：目标300公里，完成260公里; a line for each number."""
    return "\n".join(_line(line) for line in tables.lines)


def _line(line: IndicatorLine) -> str:
    unit = line.indicator.unit_of_measure
    target, actual = (
        f"{number(value)}{unit}" if value is not None else "—"
        for value in (line.target, line.actual)
    )
    return f"{full_width(line.indicator.name)}：目标{target}，完成{actual}"
