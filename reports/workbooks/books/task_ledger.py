"""任务台账: every item of the page, under the page's filters, in the groups of the notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from huangshi_tasks.lib.text import full_width
from reports.excel.book import A3_ACROSS, Column, Group, Row, Sheet
from reports.excel.cells import DATE, POINTS, Cell, Value
from reports.ledger.groups import area_heading, grouped, theme_heading
from reports.ledger.rows import LedgerRow
from reports.stats.lights import tally
from reports.workbooks.asked import Asked
from reports.workbooks.books.measures import Measures, measures_of
from reports.workbooks.cover import by_light, cover
from reports.workbooks.described import (
    Workbook,
    in_charge,
    joined_names,
    light_cell,
    remarks,
)
from reports.workbooks.restricted import names_of
from units.city.words import said_later
from units.stamps.shown import FINALIZED

COLUMNS = (
    Column("序号", 6, "center", stays=True),
    Column("方面", 20),
    Column("小标题", 10),
    Column("任务内容", 42, stays=True),
    Column("牵头单位", 13),
    Column("配合单位", 20),
    Column(said_later("分管市领导"), 12, "center"),
    Column("年度目标", 18, "center"),
    Column("本期计划", 16, "center"),
    Column("实际完成", 16, "center"),
    Column("序时差\n（百分点）", 10, "center"),
    Column("状态", 10, "center", stays=True),
    Column("进展情况（采用稿）", 42),
    Column("存在问题", 22),
    Column("下一步工作安排", 24),
    Column("数据截至", 16, "center"),
    Column("备注", 16),
)
FIXED_COLUMNS = 4  # 序号 to 任务内容 stay in sight


def build(asked: Asked) -> Sequence[Sheet]:
    rows = asked.rows
    measures = measures_of(rows)
    sheet = asked.chosen(
        asked.sheet(
            "任务台账",
            COLUMNS,
            [*_rows(rows, measures), *_restricted(asked)],
            paper=A3_ACROSS,
            count=f"共{len(rows)}项",
            fixed=FIXED_COLUMNS,
        )
    )
    return [cover(asked, "任务台账", by_light(tally(rows), sheet, "事项合计")), sheet]


WORKBOOK = Workbook(
    slug="ledger",
    title="任务台账",
    about="全部事项的责任、目标、进展和状态，与任务台账页面一致。",
    columns=COLUMNS,
    build=build,
    short="台账",
    topics=(FINALIZED,),
)


def _rows(rows: Sequence[LedgerRow], measures: Mapping[int, Measures]) -> Iterable[Row]:
    for group in grouped(rows):
        heading = " / ".join(filter(None, (group.area, group.theme)))
        yield Group(f"{heading}（{len(group.rows)}项）")
        for row in group.rows:
            yield _row(row, measures[row.task.pk])


def _row(row: LedgerRow, measures: Measures) -> list[Value | Cell]:
    frozen = row.frozen
    return [
        row.task.number,
        area_heading(row),
        theme_heading(row),
        full_width(row.task.text),
        joined_names(row.leads),
        joined_names(row.supports),
        in_charge(row),
        measures.target,
        measures.planned,
        measures.actual,
        Cell(frozen.gap if frozen is not None else None, POINTS),
        light_cell(row.light),
        row.digest,
        row.said_problems,
        str(row.next_step),
        Cell(row.data_as_of, DATE),
        remarks(row),
    ]


def _restricted(asked: Asked) -> Iterable[Row]:
    """What the reader may know by name only; not counted."""
    names = names_of(asked)
    if names:
        yield Group(f"限定知悉范围的事项（仅列名称，不计入合计，{len(names)}项）")
    for name in names:
        yield ["—", "", "", name, *[""] * (len(COLUMNS) - 4)]
