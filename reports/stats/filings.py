"""Who has not reported, and who reported in time, over the filings that are owed.

The rules are those of `progress.periods.owed`; units read their own only.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from progress.models import Period, ProgressReport, ReportState
from progress.periods.access import periods_of
from progress.periods.filed import Filed, UnitName, as_rows, owed_among, read
from progress.periods.owed import Reliefs
from reports.stats.punctuality import Punctuality, punctual
from tasks.models import Plan


@dataclass(frozen=True)
class Scope:
    """Whose filings are counted: of these items, and of one unit or (None) of all."""

    tasks: Collection[int]
    unit_id: int | None = None


@dataclass(frozen=True)
class Missing:
    """The filings owed in the periods of one day, and those of them that never left the unit."""

    periods: list[Period]
    owed: int
    reports: list[Filed]

    @property
    def units(self) -> list[tuple[UnitName, list[Filed]]]:
        """By unit, in the order of the directory."""
        found: dict[int, tuple[UnitName, list[Filed]]] = {}
        for report in self.reports:
            found.setdefault(report.unit.pk, (report.unit, []))[1].append(report)
        return sorted(found.values(), key=lambda pair: (pair[0].ordinal, pair[0].pk))


@dataclass(frozen=True)
class UnitRate:
    """一个单位的及时率: period by period, and over all."""

    unit: UnitName
    by_period: dict[int, Punctuality]

    @property
    def owed(self) -> int:
        return sum(each.owed for each in self.by_period.values())

    @property
    def late(self) -> int:
        return sum(each.late for each in self.by_period.values())

    @property
    def missing(self) -> int:
        return sum(each.missing for each in self.by_period.values())

    @property
    def punctual(self) -> int:
        return self.owed - self.late - self.missing


def missing_of(plan: Plan, day: date, scope: Scope) -> Missing:
    """What had to be reported with the data of `day` and never left its unit."""
    periods = [period for period in periods_of(plan) if period.data_as_of == day]
    reports = _owed(plan, periods, scope)
    missing = [
        each
        for each in reports
        if each.first_left_at is None and each.state != ReportState.ACCEPTED
    ]
    return Missing(periods, len(reports), missing)


def rates_of(plan: Plan, periods: Sequence[Period], scope: Scope) -> list[UnitRate]:
    """Every unit that owed anything in `periods`, in the order of the directory."""
    found: dict[UnitName, dict[int, list[Filed]]] = {}
    for report in _owed(plan, periods, scope):
        found.setdefault(report.unit, {}).setdefault(report.period.pk, []).append(report)
    rates = [
        UnitRate(unit, {pk: punctual(each[0].period, each) for pk, each in own.items()})
        for unit, own in found.items()
    ]
    return sorted(rates, key=lambda rate: (rate.unit.ordinal, rate.unit.pk))


def _owed(plan: Plan, periods: Sequence[Period], scope: Scope) -> list[Filed]:
    reports = ProgressReport.objects.filter(period__in=periods)
    if scope.unit_id is not None:
        reports = reports.filter(responsibility__unit=scope.unit_id)
    in_order = ("responsibility__unit__ordinal", "responsibility__unit", "pk")
    found = owed_among(read([plan], as_rows(reports, in_order)), Reliefs.of(plan))
    return [each for each in found if each.task.pk in scope.tasks]
