"""分县完成情况: the parts of every number that is split by county, and their sum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from huangshi_tasks.lib.text import full_width, number
from progress.board.numbers import CountyTable, IndicatorLine
from reports.excel.book import A4_ACROSS, Block, Column, Group, Row, Sheet
from reports.excel.cells import Cell, Value
from reports.ledger.frozen import tables_at_finalizing
from reports.ledger.rows import LedgerRow
from reports.numbers.grid import Total
from reports.workbooks.asked import Asked
from reports.workbooks.books.projects import amount, started_and_done
from reports.workbooks.cover import Check, cover, equal_to
from reports.workbooks.described import SAMPLE, Workbook
from units.city.words import said, said_later
from units.stamps.shown import FINALIZED

COLUMNS = (
    Column("序号", 6, "center", stays=True),
    Column("编号", 17),
    Column("指标", 30),
    Column(said_later("县（市、区）"), 18, stays=True),
    Column("年度目标", 14, "center"),
    Column("开工", 12, "center"),
    Column("开工率", 10, "center"),
    Column("完成", 12, "center"),
    Column("完成率", 10, "center"),
    Column("备注", 24),
)
MERGED = frozenset({1, 2})
SUM = "合计"


def build(asked: Asked) -> Sequence[Sheet]:
    tables = tables_at_finalizing(asked.rows) if asked.rows else {}
    found = [(row, table) for row in asked.rows for table in tables[row.task.pk].counties]
    parts = sum(len(table.lines) for _, table in found)
    sheet = asked.chosen(
        asked.sheet(
            said("分县完成情况"),
            COLUMNS,
            list(_rows(found)),
            paper=A4_ACROSS,
            count=f"{len(found)}项指标，{parts}项次",
            fixed=4,
        )
    )
    places = sheet.column_range(said("县（市、区）"))
    checks: list[Check | Group] = [
        Check(said("分县项次合计"), parts, f"=COUNT({sheet.column_range('序号')})"),
        equal_to(said("分解到县（市、区）的指标"), [SUM], len(found), places),
        Group(said("各县（市、区）承担的指标")),
        *(equal_to(name, [name], count, places) for name, count in _by_county(found)),
    ]
    return [cover(asked, said("分县完成情况"), checks), sheet]


def _by_county(found: Sequence[tuple[LedgerRow, CountyTable]]) -> list[tuple[str, int]]:
    units = {part.unit.pk: part.unit for _, table in found for part in table.lines}
    held = [part.unit.pk for _, table in found for part in table.lines]
    ordered = sorted(units.values(), key=lambda unit: (unit.ordinal, unit.pk))
    return [(full_width(unit.name), held.count(unit.pk)) for unit in ordered]


def _rows(found: Sequence[tuple[LedgerRow, CountyTable]]) -> Iterable[Row]:
    place = 0
    for row, table in found:
        unit = table.city.indicator.unit_of_measure
        name = full_width(table.city.indicator.name)
        yield Group(f"{row.task.code}　{row.task.short_title}：{name}（{unit}）")
        remark = SAMPLE if row.task.plan.is_sample else ""
        rows: list[list[Value | Cell]] = []
        for part in table.lines:
            place += 1
            lacking = "未报数" if part.line.actual is None else ""
            words = "；".join(filter(None, (remark, lacking)))
            county = full_width(part.unit.name)
            rows.append([place, row.task.code, name, county, *_cells(part.line), words])
        total = Total(table)
        rows.append(["", row.task.code, name, SUM, *_cells(total.line), _difference(total)])
        yield Block(rows, MERGED)


def _cells(line: IndicatorLine) -> list[Value | Cell]:
    return [amount(line.target, line.indicator.unit_of_measure), *started_and_done(line)]


def _difference(total: Total) -> str:
    """How the sum stands to the city's own figure."""
    city = total.table.city.actual
    if city is None:
        return said("全市尚无数")
    words = f"{said('全市')}{number(city)}"
    if total.difference:
        words += f"，{said('分县合计')}差{number(total.difference)}"
    return f"{words}，{len(total.missing)}个未报数" if total.missing else words


WORKBOOK = Workbook(
    slug="counties",
    title=said_later("分县完成情况"),
    about=said_later("分解到县（市、区）的各项指标：目标、开工、完成及合计，与全市数核对。"),
    columns=COLUMNS,
    build=build,
    topics=(FINALIZED,),
)
