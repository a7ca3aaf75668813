"""未报清单: what has not left its unit, by unit and item, with whom to telephone and the last
contact.

`unreported` is the one query behind the page, its workbook, its print and the dashboard's number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from progress.models import (
    Channel,
    Period,
    PeriodState,
    ProgressReport,
    ReportState,
    Urge,
    UrgeSubject,
)
from progress.models.reports import ReportQuerySet
from progress.periods.access import periods_of
from progress.periods.by_unit import by_unit, liaisons_of
from progress.periods.filed import IN_ORDER, Filed, UnitName, as_rows, owed_among, read
from progress.periods.owed import OVERDUE, Reliefs, filing_state, owed
from tasks.models import Plan
from tasks.plan_names import Chip, chips_of
from units.asking.rows import prepared_rows
from units.models import Unit

BY_UNIT = (*IN_ORDER[:2], "period", *IN_ORDER[2:4], "pk")  # by period within a unit
ONE_DAY = timedelta(days=1)
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
    return [p for p in periods_of(plan) if p.is_open(today)]


def urge_from(periods: Iterable[Period], today: date) -> date | None:
    """The first day on which what is missing may be urged; None where that is today already, or
    nothing is asked for.
    """
    days = [period.due_on for period in periods]
    return min(days) + ONE_DAY if days and min(days) >= today else None


def overdue_in(plans: Iterable[Plan], today: date) -> list[ProgressReport]:
    """未按时报送 of all periods that collect: what 催办 of everything unreported is about."""
    past = [period for plan in plans for period in collecting(plan, today) if period.due_on < today]
    found = [report for period in past for report in unreported(period)]
    return [report for report in found if filing_state(report, today) == OVERDUE]


class Contacted(NamedTuple):
    """Of what stands in `Urge`, what lists show of the last one."""

    urged_at: datetime
    channel: str
    reached: str
    answer: str

    def get_channel_display(self) -> str:
        return str(Channel(self.channel).label)


@dataclass(frozen=True)
class Line:
    """One filing that is not in: its state on a page, and how often it was urged. `plan`: whose it
    is; `chip` tells, where several are worked on.
    """

    report: ProgressReport | Filed
    state: str
    urged: int
    plan: Plan
    chip: Chip | None = None

    @property
    def is_overdue(self) -> bool:
        return self.state == OVERDUE


@dataclass(frozen=True)
class UnitLines:
    """A unit's part of the list, with its telephones and the last contact."""

    unit: Unit | UnitName
    lines: Sequence[Line]
    contacts: Sequence[str]
    last: Contacted | None

    @property
    def overdue_count(self) -> int:
        return sum(line.is_overdue for line in self.lines)


@dataclass(frozen=True)
class UnreportedList:
    """The page: `periods` that collect with their plans, those shown, and the units with what they
    owe.
    """

    periods: Sequence[tuple[Period, Chip | None]]
    shown: Sequence[Period]
    units: Sequence[UnitLines]

    @property
    def count(self) -> int:
        return sum(len(each.lines) for each in self.units)

    @property
    def overdue_count(self) -> int:
        return sum(each.overdue_count for each in self.units)


def unreported_list(
    plans: Sequence[Plan], today: date, period_id: int | None = None
) -> UnreportedList:
    """The list of one period, or of all that collect."""
    by_id, chips = {plan.pk: plan for plan in plans}, chips_of(plans)
    ids = tuple(by_id)
    periods = [each for plan in plans for each in collecting(plan, today)]
    shown = [p for p in periods if period_id in (None, p.pk)]
    reports = owed_among(read(plans, _absent(ids, today, period_id)), Reliefs.of(*plans))
    filings = [(report, filing_state(report, today)) for report in reports]
    units = by_unit(filings, liaisons_of({report.unit.pk for report in reports}, today))
    last = last_contacts(plans)
    urged = _urged(report.pk for report in reports)

    def line(report: ProgressReport | Filed, state: str) -> Line:
        plan = by_id[report.period.plan_id]
        return Line(report, state, urged.get(report.pk, 0), plan, chips.get(plan.pk))

    return UnreportedList(
        [(each, chips.get(each.plan_id)) for each in periods],
        shown,
        [
            UnitLines(
                each.unit,
                [line(*filing) for filing in each.filings],
                each.contacts,
                last.get(each.unit.pk),
            )
            for each in units
        ],
    )


@prepared_rows
def _absent(plan_ids: tuple[int, ...], today: date, period_id: int | None) -> QuerySet[Any, Any]:
    """What was made for the periods that collect, or for one of them, and has not left its unit."""
    opened = ProgressReport.objects.filter(
        period__plan__in=plan_ids,
        period__opens_on__lte=today,
        period__state=PeriodState.COLLECTING,
    )
    if period_id is not None:
        opened = opened.filter(period=period_id)
    return as_rows(opened.filter(state__in=UNFILED, first_left_at=None), BY_UNIT)


def _urged(reports: Iterable[int]) -> dict[int | None, int]:
    """Report → how often it was urged, by whatever means."""
    subjects = UrgeSubject.objects.filter(report__in=list(reports))
    counted = subjects.order_by().values_list("report").annotate(times=Count("pk"))
    return dict(counted)


def last_contacts(plans: Iterable[Plan]) -> dict[int, Contacted]:
    """Unit id → the newest entry of 催办登记 in these years. One query."""
    return {unit: Contacted(*rest) for unit, *rest in _last(tuple(plan.pk for plan in plans))}


@prepared_rows
def _last(plan_ids: tuple[int, ...]) -> QuerySet[Any, Any]:
    newest_first = (F("urged_at").desc(), F("pk").desc())
    place = Window(RowNumber(), partition_by="unit_id", order_by=newest_first)
    rows = Urge.objects.filter(plan__in=plan_ids).order_by().annotate(place=place).filter(place=1)
    return rows.values_list("unit_id", *Contacted._fields)
