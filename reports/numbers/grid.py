"""The parts of an item by county: one row for each unit, a cell for each number that is split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from progress.board.numbers import CountyTable, IndicatorLine
from progress.board.shown import UnitName


@dataclass(frozen=True)
class Total:
    """The sum of the parts of one number, against the city's own figure."""

    table: CountyTable

    @property
    def line(self) -> IndicatorLine:
        """The sum as a line of its own: target, done, started and both rates."""
        parts = [part.line for part in self.table.lines]
        started = [line.started for line in parts if line.started is not None]
        return IndicatorLine(
            indicator=self.table.city.indicator,
            target=self.table.target,
            actual=self.table.total if len(self.missing) < len(parts) else None,
            started=sum(started, Decimal(0)) if started else None,
        )

    @property
    def missing(self) -> list[UnitName]:
        """Units of which nothing was accepted yet."""
        return [part.unit for part in self.table.lines if part.line.actual is None]

    @property
    def difference(self) -> Decimal:
        """Sum of the parts minus the city's figure; 0 while there is none."""
        city = self.table.city.actual
        return self.table.total - city if city is not None else Decimal(0)


@dataclass(frozen=True)
class CountyGrid:
    """分县情况 of an item."""

    tables: Sequence[CountyTable]

    @property
    def rows(self) -> list[tuple[UnitName, list[IndicatorLine | None]]]:
        """Each unit in the order of the directory, with its part of every number or None."""
        units = {part.unit.pk: part.unit for table in self.tables for part in table.lines}
        cells = [{part.unit.pk: part.line for part in table.lines} for table in self.tables]
        ordered = sorted(units.values(), key=lambda unit: (unit.ordinal, unit.pk))
        return [(unit, [of_unit.get(unit.pk) for of_unit in cells]) for unit in ordered]

    @property
    def totals(self) -> list[Total]:
        return [Total(table) for table in self.tables]
