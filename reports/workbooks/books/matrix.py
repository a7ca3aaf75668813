"""责任矩阵: units × items on A3, who answers for what and as what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from huangshi_tasks.lib.text import full_width
from progress.board.shown import Holder, UnitName
from reports.excel.book import A3_UPRIGHT, Column, Group, Row, Sheet
from reports.excel.cells import Cell, Value
from reports.ledger.groups import grouped
from reports.ledger.rows import LedgerRow
from reports.stats.units import by_unit
from reports.workbooks.asked import Asked
from reports.workbooks.cover import Check, cover, equal_to
from reports.workbooks.described import Workbook
from tasks.models import ResponsibilityRole
from units.stamps.shown import FINALIZED

PRIMARY, LEAD, RESPONSIBLE, SUPPORT = "主", "牵", "责", "配"
SIGNS: dict[str, str] = {
    ResponsibilityRole.LEAD: LEAD,
    ResponsibilityRole.RESPONSIBLE: RESPONSIBLE,
    ResponsibilityRole.SUPPORT: SUPPORT,
}
TONES = {PRIMARY: "done", LEAD: "ok", RESPONSIBLE: "ok", SUPPORT: ""}
WORDS = {PRIMARY: "汇总牵头", LEAD: "牵头", RESPONSIBLE: "责任", SUPPORT: "配合"}
LEGEND = "主：汇总牵头；牵：牵头；责：责任单位；配：配合。责任以导出当日为准。"
BEFORE = (Column("序号", 5, "center", stays=True), Column("事项", 26, stays=True))
AFTER = (Column("单位数", 6, "center", stays=True), Column("备注", 10))
CELL_WIDTH = 3.4
SIGN_HEIGHT = 17  # points that one character of an upright head takes


def build(asked: Asked) -> Sequence[Sheet]:
    held = by_unit(asked.rows)
    units = [each.unit for each in held]
    names = [full_width(unit.name) for unit in units]
    columns = (
        *BEFORE,
        *(Column(name, CELL_WIDTH, "center", stays=True, is_upright=True) for name in names),
        *AFTER,
    )
    sheet = replace(
        asked.sheet(
            "责任矩阵",
            columns,
            list(_rows(asked.rows, units)),
            paper=A3_UPRIGHT,
            count=f"{len(asked.rows)}项×{len(units)}个单位",
            fixed=len(BEFORE),
        ),
        head_height=min(max(map(len, names), default=2) * SIGN_HEIGHT + 8, 400),
        notes=(LEGEND,),
    )
    return [cover(asked, "责任矩阵", list(_checks(asked.rows, names, sheet))), sheet]


def sign_of(held: Holder) -> str:
    return PRIMARY if held.is_primary else SIGNS[held.role]


def _rows(rows: Sequence[LedgerRow], units: Sequence[UnitName]) -> Iterable[Row]:
    for group in grouped(rows):
        yield Group(f"{group.area if not group.theme else f'{group.area} / {group.theme}'}")
        for row in group.rows:
            signs = {held.unit_id: sign_of(held) for held in row.holders}
            cells: list[Value | Cell] = [_cell(signs.get(unit.pk)) for unit in units]
            remark = "示例" if row.task.plan.is_sample else ""
            yield [row.task.number, row.task.short_title, *cells, len(signs), remark]


def _cell(sign: str | None) -> Value | Cell:
    return Cell(sign, tone=TONES[sign]) if sign is not None else None


def _checks(
    rows: Sequence[LedgerRow], names: Sequence[str], sheet: Sheet
) -> Iterable[Check | Group]:
    counted = Counter(sign_of(held) for row in rows for held in row.holders)
    yield Check("事项合计", len(rows), f"=COUNT({sheet.column_range('序号')})")
    total = f"=SUM({sheet.column_range('单位数')})"
    yield Check("责任合计（项次）", counted.total(), total)
    if not names:
        return
    area = _area(sheet, names)
    for sign, word in WORDS.items():
        yield equal_to(f"其中：{word}", [sign], counted[sign], area)


def _area(sheet: Sheet, names: Sequence[str]) -> str:
    """All columns of units."""
    first, last = (sheet.column_range(name) for name in (names[0], names[-1]))
    return f"{first.rsplit(':', 1)[0]}:{last.rsplit(':', 1)[1]}"


WORKBOOK = Workbook(
    slug="matrix",
    title="责任矩阵",
    about="事项为行、单位为列，标明汇总牵头、牵头、责任和配合，A3纸。",
    columns=(),
    build=build,
    asks=("unit", "area", "leader"),
    topics=(FINALIZED,),
)
