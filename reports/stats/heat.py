"""单位 × 填报期: how much of what each unit owed left in time, every cycle in one row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from progress.periods.access import periods_of
from progress.periods.filed import UnitName
from reports.stats.filing_lines import FINALIZED, UNPUNCTUAL, Wanted
from reports.stats.punctuality import Counted, Punctuality, together
from tasks.models import Plan


@dataclass(frozen=True)
class HeatCell:
    """A unit in the periods of one day; `punctuality` is None where it owed nothing, `is_before`
    where that is because the year was not on yet (启用前).
    """

    wanted: Wanted
    punctuality: Punctuality | None
    is_before: bool = False


@dataclass(frozen=True)
class HeatRow:
    """A unit: what it owed day by day, and the days of the page. Its cells are reckoned when the
    row is shown.
    """

    unit: UnitName
    owed: Mapping[date, Sequence[Counted]]
    days: Sequence[date]
    before: frozenset[date] = frozenset()

    @cached_property
    def cells(self) -> list[HeatCell]:
        return [
            HeatCell(
                Wanted(unit=str(self.unit.pk), day=day.isoformat()),
                together(self.owed[day]) if day in self.owed else None,
                day in self.before and day not in self.owed,
            )
            for day in self.days
        ]

    @cached_property
    def late(self) -> int:
        """Of what is finalized: late and never filed."""
        return sum(
            each.late + each.missing
            for those in self.owed.values()
            for each in those
            if each.period.is_finalized
        )

    @property
    def unpunctual(self) -> Wanted:
        """What `late` counts."""
        return Wanted(unit=str(self.unit.pk), timing=UNPUNCTUAL, open=FINALIZED)


@dataclass(frozen=True)
class HeatMap:
    """`days` are the columns, by 数据截至; on those of `before` (启用前) nobody owed anything."""

    days: Sequence[date]
    rows: Sequence[HeatRow]
    before: frozenset[date] = frozenset()


def days_before(plan: Plan) -> frozenset[date]:
    """数据截至 of the periods that were over when the year was switched on (启用前)."""
    return frozenset(each.data_as_of for each in periods_of(plan) if each.is_before)


def heat_map(counted: Iterable[Counted], before: frozenset[date] = frozenset()) -> HeatMap:
    """The worst first, then in the order of the directory."""
    grouped: dict[UnitName, dict[date, list[Counted]]] = defaultdict(lambda: defaultdict(list))
    for each in counted:
        grouped[each.unit][each.period.data_as_of].append(each)
    days = sorted(before.union(*grouped.values()))
    rows = [HeatRow(unit, own, days, before) for unit, own in grouped.items()]
    in_order = sorted(rows, key=lambda row: (-row.late, row.unit.ordinal, row.unit.pk))
    return HeatMap(days, in_order, before)
