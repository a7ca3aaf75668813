"""分县（市、区）: every number that is split, by county; and one county across all items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec import structs

from progress.board.numbers import CountyLine, CountyTable, IndicatorLine, planned_then
from progress.board.shown import Holder, UnitName
from reports.ledger.frozen import tables_at_finalizing
from reports.ledger.rows import LedgerRow
from reports.numbers.grid import Total
from units.models import Unit


@dataclass(frozen=True)
class SplitNumber:
    """One number that is split; `cells` in the order of `CountyPage.counties`."""

    row: LedgerRow
    table: CountyTable
    cells: list[IndicatorLine | None]

    @property
    def city(self) -> IndicatorLine:
        return self.table.city

    @property
    def total(self) -> Total:
        return Total(self.table)


@dataclass(frozen=True)
class CountyPage:
    """Every number that is split, in the order of the notice."""

    counties: list[UnitName]
    numbers: list[SplitNumber]

    @property
    def counted(self) -> list[tuple[UnitName, int]]:
        """Each county with how many numbers it has a part of."""
        return [
            (unit, sum(each.cells[place] is not None for each in self.numbers))
            for place, unit in enumerate(self.counties)
        ]


@dataclass(frozen=True)
class OwnNumber:
    """A county's part of one number, beside the city's."""

    row: LedgerRow
    own: IndicatorLine
    city: IndicatorLine


@dataclass(frozen=True)
class OneCounty:
    """One county: its parts of numbers, and every item it answers for."""

    unit: Unit
    numbers: list[OwnNumber]
    items: list[tuple[LedgerRow, Holder]]


def county_page(rows: Sequence[LedgerRow]) -> CountyPage:
    """Figures as of each item's latest 定稿."""
    found = _split(rows)
    units = {part.unit.pk: part.unit for _, table in found for part in table.lines}
    counties = sorted(units.values(), key=lambda unit: (unit.ordinal, unit.pk))
    return CountyPage(counties, [_number(row, table, counties) for row, table in found])


def one_county(rows: Sequence[LedgerRow], unit: Unit) -> OneCounty:
    """The same for one county. Empty lists where it has no part in what may be seen."""
    numbers = [
        OwnNumber(row, part.line, table.city)
        for row, table in _split(rows)
        for part in table.lines
        if part.unit.pk == unit.pk
    ]
    held = [(row, held) for row in rows for held in row.holders if held.unit_id == unit.pk]
    return OneCounty(unit, numbers, held)


def _number(row: LedgerRow, table: CountyTable, counties: Iterable[UnitName]) -> SplitNumber:
    parts = {part.unit.pk: part.line for part in table.lines}
    return SplitNumber(row, table, [parts.get(unit.pk) for unit in counties])


def _split(rows: Sequence[LedgerRow]) -> list[tuple[LedgerRow, CountyTable]]:
    if not rows:
        return []
    tables = tables_at_finalizing(rows)
    return [(row, _planned(row, table)) for row in rows for table in tables[row.task.pk].counties]


def _planned(row: LedgerRow, table: CountyTable) -> CountyTable:
    """The table with what was planned by then; without a plan of its own, for months passed."""
    parts = [CountyLine(unit=part.unit, line=_by_time(row, part.line)) for part in table.lines]
    return CountyTable(city=_by_time(row, table.city), lines=tuple(parts))


def _by_time(row: LedgerRow, line: IndicatorLine) -> IndicatorLine:
    year = row.task.plan.year
    planned = planned_then(line.indicator, line.planned, line.target, row.frozen, year)
    return structs.replace(line, planned=planned)
