"""分县（市、区）: every number that is split, by county; and one county across all items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP

from progress.lights.measures import part_of_year
from reports.ledger.frozen import HUNDREDTH, tables_at_finalizing
from reports.ledger.rows import Holder, LedgerRow
from reports.numbers.grid import Total
from reports.numbers.lines import CountyLine, CountyTable, IndicatorLine
from tasks.models import IndicatorKind
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

    counties: list[Unit]
    numbers: list[SplitNumber]

    @property
    def counted(self) -> list[tuple[Unit, int]]:
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


def county_page(rows: Sequence[LedgerRow], today: date) -> CountyPage:
    """Figures as of each item's latest 定稿."""
    found = _split(rows, today)
    units = {part.unit.pk: part.unit for _, table in found for part in table.lines}
    counties = sorted(units.values(), key=lambda unit: (unit.ordinal, unit.pk))
    return CountyPage(counties, [_number(row, table, counties) for row, table in found])


def one_county(rows: Sequence[LedgerRow], unit: Unit, today: date) -> OneCounty:
    """The same for one county. Empty lists where it has no part in what may be seen."""
    numbers = [
        OwnNumber(row, part.line, table.city)
        for row, table in _split(rows, today)
        for part in table.lines
        if part.unit.pk == unit.pk
    ]
    held = [(row, held) for row in rows for held in row.holders if held.unit_id == unit.pk]
    return OneCounty(unit, numbers, held)


def _number(row: LedgerRow, table: CountyTable, counties: Iterable[Unit]) -> SplitNumber:
    parts = {part.unit.pk: part.line for part in table.lines}
    return SplitNumber(row, table, [parts.get(unit.pk) for unit in counties])


def _split(rows: Sequence[LedgerRow], today: date) -> list[tuple[LedgerRow, CountyTable]]:
    if not rows:
        return []
    tables = tables_at_finalizing(rows, today)
    return [(row, _planned(row, table)) for row in rows for table in tables[row.task.pk].counties]


def _planned(row: LedgerRow, table: CountyTable) -> CountyTable:
    """The table with what was planned by then; without a plan of its own, for months passed."""
    parts = [CountyLine(part.unit, _by_time(row, part.line)) for part in table.lines]
    return CountyTable(_by_time(row, table.city), parts)


def _by_time(row: LedgerRow, line: IndicatorLine) -> IndicatorLine:
    day, is_counted = row.data_as_of, line.indicator.kind == IndicatorKind.CUMULATIVE
    if line.planned is not None or line.target is None or day is None:
        return line
    if not is_counted or line.indicator.baseline is not None or not row.is_planned_by_time:
        return line
    part = line.target * part_of_year(day, row.task.plan.year, line.indicator.months_before)
    return replace(line, planned=part.quantize(HUNDREDTH, ROUND_HALF_UP))
