"""单位 × 填报期: how much of what each unit owed left in time, every cycle in one row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reports.stats.filing_lines import FINALIZED, UNPUNCTUAL, FilingLine, Wanted
from reports.stats.punctuality import Punctuality, together
from units.models import Unit


@dataclass(frozen=True)
class HeatCell:
    """A unit in the periods of one day; `punctuality` is None where it owed nothing."""

    wanted: Wanted
    punctuality: Punctuality | None


@dataclass(frozen=True)
class HeatRow:
    unit: Unit
    cells: Sequence[HeatCell]
    late: int  # of what is finalized: late and never filed

    @property
    def wanted(self) -> Wanted:
        """All that the unit owed."""
        return Wanted(unit=str(self.unit.pk))

    @property
    def unpunctual(self) -> Wanted:
        """What `late` counts."""
        return unpunctual_of(self.unit)


@dataclass(frozen=True)
class HeatMap:
    """`days` are the columns, by 数据截至."""

    days: Sequence[date]
    rows: Sequence[HeatRow]


def heat_map(lines: Iterable[FilingLine]) -> HeatMap:
    """The worst first, then in the order of the directory."""
    grouped: dict[str, dict[date, list[FilingLine]]] = defaultdict(lambda: defaultdict(list))
    days = set()
    for line in lines:
        day = line.report.period.data_as_of
        days.add(day)
        grouped[line.unit][day].append(line)
    columns = sorted(days)
    rows = [_row(own, columns) for own in grouped.values()]
    return HeatMap(
        columns, sorted(rows, key=lambda row: (-row.late, row.unit.ordinal, row.unit.pk))
    )


def _row(own: dict[date, list[FilingLine]], columns: Sequence[date]) -> HeatRow:
    unit = next(iter(own.values()))[0].report.unit
    cells = [
        HeatCell(Wanted(unit=str(unit.pk), day=day.isoformat()), _punctuality(own.get(day)))
        for day in columns
    ]
    lines = [line for those in own.values() for line in those]
    return HeatRow(unit, cells, len(unpunctual_of(unit).of(lines)))


def unpunctual_of(unit: Unit) -> Wanted:
    """What a unit sent late, or never, of the periods that are finalized."""
    return Wanted(unit=str(unit.pk), timing=UNPUNCTUAL, open=FINALIZED)


def _punctuality(lines: Sequence[FilingLine] | None) -> Punctuality | None:
    return together([line.report for line in lines]) if lines else None
