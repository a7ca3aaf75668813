"""Who has not reported, and who reported in time, over the filings that are owed.

The rules are those of `progress.periods.owed`; units read their own only.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from progress.models import Period, ProgressReport, ReportState
from progress.periods.access import periods_of
from progress.periods.owed import Reliefs, still_owed, with_versions
from reports.stats.punctuality import Punctuality
from tasks.models import Plan
from units.models import Unit


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
    reports: list[ProgressReport]

    @property
    def units(self) -> list[tuple[Unit, list[ProgressReport]]]:
        """By unit, in the order of the directory."""
        found: dict[int, tuple[Unit, list[ProgressReport]]] = {}
        for report in self.reports:
            found.setdefault(report.unit.pk, (report.unit, []))[1].append(report)
        return sorted(found.values(), key=lambda pair: (pair[0].ordinal, pair[0].pk))


@dataclass(frozen=True)
class UnitRate:
    """一个单位的及时率: period by period, and over all."""

    unit: Unit
    by_period: dict[int, Punctuality]

    @property
    def owed(self) -> int:
        return sum(len(each.reports) for each in self.by_period.values())

    @property
    def late(self) -> int:
        return sum(len(each.late) for each in self.by_period.values())

    @property
    def missing(self) -> int:
        return sum(len(each.missing) for each in self.by_period.values())

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
    found: dict[int, tuple[Unit, dict[int, list[ProgressReport]]]] = {}
    for report in _owed(plan, periods, scope):
        _, own = found.setdefault(report.unit.pk, (report.unit, {}))
        own.setdefault(report.period_id, []).append(report)
    known = {period.pk: period for period in periods}
    rates = [
        UnitRate(unit, {pk: Punctuality(known[pk], reports) for pk, reports in own.items()})
        for unit, own in found.values()
    ]
    return sorted(rates, key=lambda rate: (rate.unit.ordinal, rate.unit.pk))


def _owed(plan: Plan, periods: Sequence[Period], scope: Scope) -> list[ProgressReport]:
    """The rows of `progress.periods.owed.owed` for several periods at once."""
    reports = with_versions(ProgressReport.objects.filter(period__in=periods))
    if scope.unit_id is not None:
        reports = reports.filter(responsibility__unit=scope.unit_id)
    reliefs = Reliefs.of(plan)
    in_order = reports.order_by("responsibility__unit__ordinal", "responsibility__unit", "pk")
    return [
        report
        for report in in_order
        if report.responsibility.task_id in scope.tasks and still_owed(report, reliefs)
    ]
