"""What is owed in a period, by whom, and whether it came in time.

Source: design.md section 4, "What is owed". Used by desk, rates, ladder and heat map alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery
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
    reporting = _reporting_ids(plan)
    sharing = _sharing_units(plan, day)
    duties = []
    for responsibility in held:
        has_share = responsibility.unit_id in sharing[responsibility.task_id]
        duty = duty_of(responsibility, has_share, responsibility.pk in reporting)
        if duty is not None:
            duties.append(OwedDuty(responsibility, duty))
    return duties


def duty_of(responsibility: Responsibility, has_share: bool, has_own: bool) -> Duty | None:
    """Primary: the report; a county with a share: its row; other leads: their part; support: none.

    `has_own`: an indicator or milestone is reported by this very responsibility.
    """
    if responsibility.is_primary:
        return Duty.MAIN
    if has_share and not has_own:
        return Duty.SHARE
    return Duty.CO_LEAD if responsibility.role in LEADING else None


class Reliefs:
    """The decisions by which items owe nothing: suspended for a time, or closed (已销号)."""

    def __init__(self, adjustments: Iterable[Adjustment], closures: Iterable[Closure]) -> None:
        self._suspensions = [
            each
            for each in adjustments
            if each.kind == AdjustmentKind.SUSPENSION and each.state == DecisionState.REGISTERED
        ]
        self._closures = [each for each in closures if each.state == ClosureState.CLOSED]
        self._known: dict[date, set[int]] = {}  # a page asks for a thousand rows of twelve days

    @classmethod
    def of(cls, plan: Plan | int) -> Reliefs:
        """Those of a whole plan, or of the plan with this id; two queries."""
        suspensions = Adjustment.objects.filter(
            task__plan=plan, kind=AdjustmentKind.SUSPENSION, state=DecisionState.REGISTERED
        )
        closures = Closure.objects.filter(task__plan=plan, state=ClosureState.CLOSED)
        return cls(
            suspensions.order_by().only("task_id", "kind", "state", "starts_on", "ends_on"),
            closures.order_by().only("task_id", "state", "closed_on"),
        )

    def on(self, day: date) -> set[int]:
        """Ids of the items that owe nothing on `day`."""
        if day not in self._known:
            self._known[day] = {
                *(each.task_id for each in self._suspensions if each.holds_on(day)),
                *(each.task_id for each in self._closures if _is_closed(each, day)),
            }
        return self._known[day]


def _is_closed(closure: Closure, day: date) -> bool:
    return closure.closed_on is not None and closure.closed_on <= day


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


def still_owed(report: ProgressReport, reliefs: Reliefs) -> bool:
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
    """Reports with what `filing_state` needs: was anything typed yet?"""
    # one row by its index: PostgreSQL answers an Exists here by reading every version there is
    one = ReportVersion.objects.filter(report=OuterRef("pk")).order_by().values("pk")[:1]
    typed = IsNull(Subquery(one), False)
    return reports.annotate(has_version=typed)


def filing_state(report: ProgressReport, today: date) -> str:
    """The state a page shows: that of the report, or `none` 待填报, or `overdue` 逾期未报."""
    if report.state == ReportState.ACCEPTED or report.accepted_version_id is not None:
        return str(report.state)
    if report.first_left_at is None and today > report.due_on:
        return OVERDUE
    if report.state == ReportState.DRAFT and not _has_version(report):
        return NOT_FILLED
    return str(report.state)


def is_on_time(report: ProgressReport) -> bool | None:
    """Whether it left the unit by `due_on` 24:00 in Shanghai; None while it has not left.

    A first filing that the office marked as empty (空报) was not on time.
    """
    if report.first_left_at is None:
        return None
    left_on = report.first_left_at.astimezone(SHANGHAI).date()
    return left_on <= report.due_on and not report.first_was_empty


def is_under_way(report: ProgressReport, today: date) -> bool:
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


def _has_version(report: ProgressReport) -> bool:
    annotated = getattr(report, "has_version", None)
    if annotated is None:
        return report.pk is not None and report.versions.exists()
    return bool(annotated)


def _reporting_ids(plan: Plan) -> set[int | None]:
    """Responsibilities that some indicator or milestone names as its reporter."""
    indicators = Indicator.objects.filter(plan=plan).values_list("responsibility_id", flat=True)
    milestones = Milestone.objects.filter(task__plan=plan)
    return {*indicators, *milestones.values_list("responsibility_id", flat=True)}


def _sharing_units(plan: Plan, day: date) -> dict[int | None, set[int]]:
    """Task → units with a share of one of its indicators on `day`."""
    shares = IndicatorShare.objects.on(day).filter(indicator__plan=plan)
    sharing: dict[int | None, set[int]] = defaultdict(set)
    for task_id, unit_id in shares.values_list("indicator__task_id", "unit_id"):
        sharing[task_id].add(unit_id)
    return sharing


def tasks_of(period: Period) -> list[Task]:
    """The items judged in `period`: those of its plan and cycle, in the order of the notice.

    An item that was added later is not.
    """
    there = Q(added_on__isnull=True) | Q(added_on__lte=period.data_as_of)
    tasks = Task.objects.filter(there, plan_id=period.plan_id)
    return list(in_cycle(tasks, period.cycle, period.data_as_of).select_related("plan"))
