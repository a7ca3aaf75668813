"""What is owed in a period, by whom, and whether it came in time.

Source: design.md section 4, "What is owed". Used by desk, rates, ladder and heat map alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import (
    Case,
    DateField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull

from huangshi_tasks.lib.clock import SHANGHAI
from progress.models import (
    Adjustment,
    AdjustmentKind,
    Closure,
    ClosureState,
    DecisionState,
    Duty,
    Period,
    ProgressReport,
    ReportState,
    ReportVersion,
)
from progress.models.reports import ReportQuerySet
from tasks.changing.cycles import in_cycle
from tasks.models import (
    Indicator,
    IndicatorShare,
    Milestone,
    Plan,
    Responsibility,
    ResponsibilityRole,
    Task,
)
from units.asking.prepared import prepared
from units.asking.rows import remembered_rows
from units.models.dated import holds
from units.stamps.shown import FINALIZED

NOT_FILLED, OVERDUE = "none", "overdue"  # states that only pages know
LEADING = (ResponsibilityRole.LEAD, ResponsibilityRole.RESPONSIBLE)


@dataclass(frozen=True)
class OwedDuty:
    """One filing that a responsibility owes in each period of its item's cycle."""

    responsibility: Responsibility
    duty: Duty


def duties_of(plan: Plan, cycle: str, day: date) -> list[OwedDuty]:
    """What is owed by the items of `cycle`, by the responsibilities that hold on `day`.

    Computed, so that the numbers can be shown before the year is switched on.
    """
    held = list(
        Responsibility.objects.on(day)
        .filter(task__in=in_cycle(Task.objects.filter(plan=plan), cycle, day))
        .exclude(task__in=Reliefs.of(plan).on(day))
        .select_related("task", "unit")
    )
    reporting = reporting_ids(plan, day)
    sharing = _sharing_units(plan, day)
    duties = []
    for responsibility in held:
        has_share = responsibility.unit_id in sharing[responsibility.task_id]
        duty = duty_of(responsibility, has_share, responsibility.pk in reporting)
        if duty is not None:
            duties.append(OwedDuty(responsibility, duty))
    return duties


class Answering(Protocol):
    """A `Responsibility`, or what a plain row knows of it."""

    @property
    def is_primary(self) -> bool: ...
    @property
    def role(self) -> str: ...


def duty_of(responsibility: Answering, has_share: bool, has_own: bool) -> Duty | None:
    """Primary: the report; a county with a share: its row; other leads: their part; support: none.

    `has_own`: an indicator or milestone is reported by this very responsibility on the day.
    """
    if responsibility.is_primary:
        return Duty.MAIN
    if has_share and not has_own:
        return Duty.SHARE
    return Duty.CO_LEAD if responsibility.role in LEADING else None


class Reliefs:
    """The decisions by which items owe nothing: suspended for a time, or closed (已销号)."""

    def __init__(self, adjustments: Iterable[Adjustment], closures: Iterable[Closure]) -> None:
        suspended = (
            (each.task_id, each.starts_on, each.ends_on)
            for each in adjustments
            if each.kind == AdjustmentKind.SUSPENSION and each.state == DecisionState.REGISTERED
        )
        closed = (
            (each.task_id, each.closed_on, None)
            for each in closures
            if each.state == ClosureState.CLOSED
        )
        self._spans: Sequence[tuple[Any, ...]] = [*suspended, *closed]
        self._known: dict[date, set[int]] = {}  # a page asks for a thousand rows of twelve days

    @classmethod
    def of(cls, *plans: Plan | int) -> Reliefs:
        """Those of whole plans, or of the plans with these ids; one query."""
        found = cls((), ())
        found._spans = _spans(tuple(each if isinstance(each, int) else each.pk for each in plans))
        return found

    def on(self, day: date) -> set[int]:
        """Ids of the items that owe nothing on `day`."""
        if day not in self._known:
            self._known[day] = {
                task_id
                for task_id, starts_on, ends_on in self._spans
                if starts_on is not None and holds(starts_on, ends_on, day)
            }
        return self._known[day]


@remembered_rows(FINALIZED)
def _spans(plan_ids: tuple[int, ...]) -> QuerySet[Any, Any]:
    """Item, first and last day of each suspension and, without a last one, of each closure."""
    suspended = Adjustment.objects.filter(
        task__plan__in=plan_ids,
        kind=AdjustmentKind.SUSPENSION,
        state=DecisionState.REGISTERED,
    ).values_list("task_id", "starts_on", "ends_on")
    closed = Closure.objects.filter(task__plan__in=plan_ids, state=ClosureState.CLOSED)
    never = Cast(Value(None), DateField())
    return suspended.order_by().union(closed.order_by().values_list("task_id", "closed_on", never))


class HeldOn(Protocol):
    """A `Responsibility`, or what a plain row knows of it."""

    @property
    def task_id(self) -> int: ...
    def holds_on(self, day: date) -> bool: ...


class Filing(Protocol):
    """What is asked of a filing: a `ProgressReport`, or a row of `progress.periods.filed`."""

    @property
    def period(self) -> Period: ...
    @property
    def responsibility(self) -> HeldOn: ...
    @property
    def state(self) -> str: ...
    @property
    def due_on(self) -> date: ...
    @property
    def closes_on(self) -> date: ...
    @property
    def return_due_on(self) -> date | None: ...
    @property
    def reopened_until(self) -> date | None: ...
    @property
    def first_left_at(self) -> datetime | None: ...
    @property
    def first_was_empty(self) -> bool: ...
    @property
    def accepted_version_id(self) -> int | None: ...


# A row whose responsibility no longer holds at the period's date, or whose item is relieved by
# then, is owed no more; what was filed once stands for ever. Said twice, for the database and for
# rows at hand; `test_standing.py` holds the two together.


def owed(period: Period) -> ReportQuerySet:
    """The filings owed in `period`, one row each, with `has_version` (was anything typed?)."""
    day = period.data_as_of
    holding = Responsibility.objects.on(day).values("pk")
    relieved = Reliefs.of(period.plan_id).on(day)
    stands = Q(responsibility__in=holding) & ~Q(responsibility__task__in=relieved)
    filed = Q(first_left_at__isnull=False)
    return with_versions(ProgressReport.objects.filter(stands | filed, period=period))


def still_owed(report: Filing, reliefs: Reliefs) -> bool:
    """The same of one row. A page that has the reports of several periods asks here."""
    if report.first_left_at is not None:
        return True
    responsibility, day = report.responsibility, report.period.data_as_of
    return responsibility.holds_on(day) and responsibility.task_id not in reliefs.on(day)


def with_versions(reports: ReportQuerySet) -> ReportQuerySet:
    """Reports with what `filing_state` needs, and item, unit and period at hand."""
    related = ("period", "responsibility__task__plan", "responsibility__unit")
    return told_apart(reports).select_related(*related)


def told_apart(reports: ReportQuerySet) -> ReportQuerySet:
    """Reports with what `filing_state` needs: was anything typed in a draft yet?"""
    # one row by its index: PostgreSQL answers an Exists here by reading every version there is
    one = ReportVersion.objects.filter(report=OuterRef("pk")).order_by().values("pk")[:1]
    typed = When(state=ReportState.DRAFT, then=IsNull(Subquery(one), False))
    return reports.annotate(has_version=Case(typed, default=False))


def filing_state(report: Filing, today: date) -> str:
    """The state a page shows: that of the report, or `none` 待填报, or `overdue` 逾期未报."""
    filed = report.accepted_version_id, report.first_left_at, report.due_on
    state = state_of(report.state, *filed, True, today=today)
    return NOT_FILLED if state == ReportState.DRAFT and not _has_version(report) else state


def state_of(
    state: str,
    accepted_version: int | None,
    first_left_at: datetime | None,
    due_on: date,
    has_version: bool,
    *,
    today: date,
) -> str:
    """The same of the columns of a report."""
    if state == ReportState.ACCEPTED or accepted_version is not None:
        return str(state)
    if first_left_at is None and today > due_on:
        return OVERDUE
    return NOT_FILLED if state == ReportState.DRAFT and not has_version else str(state)


def is_on_time(report: Filing) -> bool | None:
    """Whether it left the unit by `due_on` 24:00 in Shanghai; None while it has not left.

    A first filing that the office marked as empty (空报) was not on time.
    """
    if report.first_left_at is None:
        return None
    left_on = report.first_left_at.astimezone(SHANGHAI).date()
    return left_on <= report.due_on and not report.first_was_empty


def is_under_way(report: Filing, today: date) -> bool:
    """Whether something can still happen to it: its period collects, it was opened again (补报),
    or it is being corrected.
    """
    if not report.period.is_finalized:
        return True
    if report.state == ReportState.ACCEPTED:
        return False
    is_reopened = report.reopened_until is not None and today <= report.reopened_until
    is_corrected = report.accepted_version_id is not None
    return is_reopened or is_corrected or report.state == ReportState.REVIEWING


def _has_version(report: Filing) -> bool:
    annotated = getattr(report, "has_version", None)
    if annotated is None and isinstance(report, ProgressReport):
        return report.pk is not None and report.versions.exists()
    return bool(annotated)


def reporting_ids(plan: Plan, day: date) -> set[int | None]:
    """Responsibilities that report some indicator or milestone on `day`; two queries."""
    followed: dict[int | None, Responsibility] = {row.pk: row for row in _followed(plan=plan.pk)}
    for row in followed.values():  # the rest of a line is at hand too
        assert row.followed_by is not None
        row.followed_by = followed.get(row.followed_by_id, row.followed_by)
    reporting: set[int | None] = set()
    for (pk,) in _reporting(plan.pk):
        last = followed[pk].line_on(day) if pk in followed else None
        reporting.add(last.pk if last is not None else pk)
    return reporting


@remembered_rows(FINALIZED)
def _reporting(plan_id: int) -> QuerySet[Any, Any]:
    """Responsibilities that an indicator or milestone names."""
    named = Indicator.objects.filter(plan=plan_id).order_by().values_list("responsibility_id")
    steps = Milestone.objects.filter(task__plan=plan_id).order_by()
    return named.union(steps.values_list("responsibility_id"))


@prepared(FINALIZED, plan=IntegerField())
def _followed(plan: Any) -> QuerySet[Responsibility]:
    held = Responsibility.objects.filter(task__plan=plan, followed_by__isnull=False)
    receipt = ("received_at", "received_by")
    later = [f"followed_by__{name}" for name in receipt]
    return held.select_related("followed_by").defer(*receipt, *later)


def _sharing_units(plan: Plan, day: date) -> dict[int | None, set[int]]:
    """Task → units with a share of one of its indicators on `day`."""
    shares = IndicatorShare.objects.on(day).filter(indicator__plan=plan)
    sharing: dict[int | None, set[int]] = defaultdict(set)
    for task_id, unit_id in shares.values_list("indicator__task_id", "unit_id"):
        sharing[task_id].add(unit_id)
    return sharing


def tasks_of(period: Period) -> list[Task]:
    """The items judged in `period`: those of its plan and cycle, in the order of the notice.

    An item that was added later is not, nor one that nobody leads yet (暂缓, 汇总牵头待定).
    """
    there = Q(added_on__isnull=True) | Q(added_on__lte=period.data_as_of)
    led = Responsibility.objects.on(period.data_as_of).filter(task=OuterRef("pk"), is_primary=True)
    is_led = Q(aside_reason="") | Exists(led)
    tasks = Task.objects.filter(there, is_led, plan_id=period.plan_id)
    return list(in_cycle(tasks, period.cycle, period.data_as_of).select_related("plan"))
