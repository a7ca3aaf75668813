"""未达序时清单: what is behind or not started, the worst first: whose, why, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from huangshi_tasks.lib.text import full_width
from reports.excel.book import A3_ACROSS, Column, Sheet
from reports.excel.cells import DATE, POINTS, Cell, Value
from reports.ledger.rows import LedgerRow
from reports.stats.lights import tally
from reports.stats.severity import SEVERITY, behind
from reports.workbooks.asked import Asked
from reports.workbooks.cover import Check, cover, equal_to
from reports.workbooks.described import (
    Workbook,
    in_charge,
    light_cell,
    numbered,
    primary_of,
    share_cell,
    without_reason,
)
from units.city.words import said_later
from units.face.marks import LIGHTS
from units.stamps.shown import FINALIZED

COLUMNS = (
    Column("序号", 6, "center", stays=True),
    Column("编号", 14),
    Column("任务内容", 44, stays=True),
    Column("汇总牵头单位", 15),
    Column(said_later("分管市领导"), 12, "center"),
    Column("状态", 10, "center", stays=True),
    Column("完成率", 10, "center"),
    Column("应达进度", 10, "center"),
    Column("序时差\n（百分点）", 10, "center"),
    Column("未达序时进度原因", 32),
    Column("存在问题", 28),
    Column("下一步工作安排", 32),
    Column("数据截至", 15, "center"),
    Column("备注", 18),
)


def build(asked: Asked) -> Sequence[Sheet]:
    found = behind(asked.rows, everything=True)
    sheet = asked.chosen(
        asked.sheet(
            "未达序时清单",
            COLUMNS,
            numbered(_row(row) for row in found.rows),
            paper=A3_ACROSS,
            count=f"共{found.total}项",
            fixed=3,
        )
    )
    counted = tally(asked.rows)
    lights = sheet.column_range("状态")
    total = f"=COUNT({sheet.column_range('序号')})"
    checks = [
        Check("未达序时进度和未启动合计", found.total, total),
        *(
            equal_to(f"其中：{LIGHTS[light].label}", [LIGHTS[light].label], count, lights)
            for light in SEVERITY
            for count in [counted.of(light)]
        ),
    ]
    return [cover(asked, "未达序时清单", checks), sheet]


def _row(row: LedgerRow) -> list[Value | Cell]:
    frozen = row.frozen
    return [
        row.task.code,
        full_width(row.task.text),
        primary_of(row),
        in_charge(row),
        light_cell(row.light),
        share_cell(frozen.percent if frozen is not None else None),
        share_cell(frozen.expected if frozen is not None else None),
        Cell(frozen.gap if frozen is not None else None, POINTS),
        row.unit_reason,
        row.said_problems,
        str(row.next_step),
        Cell(row.data_as_of, DATE),
        without_reason(row),
    ]


WORKBOOK = Workbook(
    slug="behind",
    title="未达序时清单",
    about="进度偏慢、滞后和未启动的事项，列责任单位、原因和下一步安排，最差在前。",
    columns=COLUMNS,
    build=build,
    topics=(FINALIZED,),
)
