"""未报清单: what has not left its unit, by unit and item, with whom to telephone and the last
contact.

`unreported` is the one query behind the page, its workbook, its print and the dashboard's number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from progress.models import Period, ProgressReport, ReportState, Urge, UrgeSubject
from progress.models.reports import ReportQuerySet
from progress.periods.access import periods_of
from progress.periods.by_unit import UnitFilings, by_unit, liaisons_of
from progress.periods.owed import OVERDUE, filing_state, owed
from tasks.models import Plan
from units.models import Unit

UNFILED = (ReportState.DRAFT, ReportState.RETURNED, ReportState.SIGNING)


def unreported(period: Period) -> ReportQuerySet:
    """What is owed in `period` and has not left its unit, by unit and item."""
    found = owed(period).filter(state__in=UNFILED, first_left_at=None)
    return found.order_by(
        "responsibility__unit__ordinal",
        "responsibility__unit",
        "responsibility__task__kind",
        "responsibility__task__number",
    )


def collecting(plan: Plan, today: date) -> list[Period]:
    """The periods that have opened and are not finalized."""
    return [p for p in periods_of(plan) if p.opens_on <= today and not p.is_finalized]


def overdue_in(plan: Plan, today: date) -> list[ProgressReport]:
    """未按时报送 of all periods that collect: what 催办 of everything unreported is about."""
    past = [period for period in collecting(plan, today) if period.due_on < today]
    found = [report for period in past for report in unreported(period)]
    return [report for report in found if filing_state(report, today) == OVERDUE]


@dataclass(frozen=True)
class Line:
    """One filing that is not in: its state on a page, and how often it was urged."""

    report: ProgressReport
    state: str
    urged: int

    @property
    def is_overdue(self) -> bool:
        return self.state == OVERDUE


@dataclass(frozen=True)
class UnitLines:
    """A unit's part of the list, with its telephones and the last contact."""

    unit: Unit
    lines: Sequence[Line]
    contacts: Sequence[str]
    last: Urge | None

    @property
    def overdue_count(self) -> int:
        return sum(line.is_overdue for line in self.lines)


@dataclass(frozen=True)
class UnreportedList:
    """The page: `periods` that collect, those shown, and the units with what they owe."""

    periods: Sequence[Period]
    shown: Sequence[Period]
    units: Sequence[UnitLines]

    @property
    def count(self) -> int:
        return sum(len(each.lines) for each in self.units)

    @property
    def overdue_count(self) -> int:
        return sum(each.overdue_count for each in self.units)


def unreported_list(plan: Plan, today: date, period_id: int | None = None) -> UnreportedList:
    """The list of one period, or of all that collect."""
    periods = collecting(plan, today)
    shown = [p for p in periods if period_id in (None, p.pk)]
    reports = [report for period in shown for report in unreported(period)]
    reports.sort(key=lambda report: (report.unit.ordinal, report.unit.pk))
    filings = [(report, filing_state(report, today)) for report in reports]
    units = by_unit(filings, liaisons_of({report.unit.pk for report in reports}, today))
    last = last_contacts(plan, (each.unit for each in units))
    urged = _urged(reports)
    return UnreportedList(
        periods, shown, [_lines(each, urged, last.get(each.unit.pk)) for each in units]
    )


def _lines(each: UnitFilings, urged: dict[int | None, int], last: Urge | None) -> UnitLines:
    lines = [Line(report, state, urged.get(report.pk, 0)) for report, state in each.filings]
    return UnitLines(each.unit, lines, each.contacts, last)


def _urged(reports: Iterable[ProgressReport]) -> dict[int | None, int]:
    """Report → how often it was urged, by whatever means."""
    subjects = UrgeSubject.objects.filter(report__in=[report.pk for report in reports])
    counted = subjects.order_by().values("report").annotate(times=Count("pk"))
    return {row["report"]: row["times"] for row in counted}


def last_contacts(plan: Plan, units: Iterable[Unit]) -> dict[int, Urge]:
    """Unit id → the newest entry of 催办登记 in the year."""
    found: dict[int, Urge] = {}
    ids = [unit.pk for unit in units]
    for urge in Urge.objects.filter(plan=plan, unit__in=ids).order_by("urged_at", "pk"):
        found[urge.unit_id] = urge
    return found
