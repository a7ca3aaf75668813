"""What waits for the office beside what a page lists: all numbers of all plans by one query.

Each queryset is that of the list to which its number leads. Asked once in a process for as long as
nothing shown was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from progress.closing.page import GROUPS, WAITING
from progress.matters.coordination import asked_for
from progress.models import (
    Adjustment,
    AdjustmentKind,
    Closure,
    ClosureState,
    DecisionState,
    Instruction,
    PeriodState,
    ProgressReport,
    ReportState,
    SiteVisit,
    SupervisionOrder,
)
from progress.models.reports import ReportQuerySet
from progress.periods.access import plans_with
from progress.urging.unreported import UNFILED
from progress.visits.acts import UNDER_WAY
from reports.frame.tallied import tallied
from tasks.action_plans.list import PLANNED
from tasks.holders.receipts import receivable
from tasks.models import ActionPlan, ActionPlanState, Plan, Responsibility
from units.calendar.workdays import missing_year
from units.http import Request
from units.models import Unit
from units.session.person import stamps_of
from units.stamps.current import Stamps
from units.stamps.memory import by_stamp

Counts = dict[str, int]


def waiting_of(request: HttpRequest, plan: Plan) -> list[Counts]:
    """Of each plan that is worked on, `plan` first: name → what waits; the names are those of
    `waiting_sets` but `visits`, and `review`, `unreported`, `missing_calendar`.
    """
    asked = cast(Request, request)
    plans = tuple(plans_with(asked, plan))
    stamps = stamps_of(request)
    if stamps is None:
        return _waiting(plans, asked.today)
    return _remembered(plans, asked.today, stamps)


def _waiting(plans: Sequence[Plan], today: date) -> list[Counts]:
    missing = {"missing_calendar": int(missing_year(today) is not None)}
    return [counts | missing for counts in tallied(tuple(plans), today, _sets)]


@by_stamp(32)
def _remembered(plans: tuple[Plan, ...], today: date, stamps: Stamps) -> list[Counts]:
    return _waiting(plans, today)


def _sets(plan: Plan, today: date) -> dict[str, QuerySet[Any]]:
    filings = ProgressReport.objects.filter(period__plan=plan)
    absent = unsent(plan, today)
    listed = waiting_sets(plan, today)
    del listed["visits"]  # nothing of it is the bar's
    return {
        **listed,
        "review": filings.filter(state=ReportState.REVIEWING),
        "unreported": absent,
        "unreported_overdue": absent.filter(due_on__lt=today),
    }


def waiting_sets(plan: Plan, today: date) -> dict[str, QuerySet[Any]]:
    """Name → the rows that wait, as the list behind the number has them."""
    instructions = Instruction.objects.filter(plan=plan)
    orders = SupervisionOrder.objects.filter(plan=plan)
    asked = Adjustment.objects.filter(task__plan=plan, state=DecisionState.REQUESTED)
    waiting = receivable(plan, today).filter(received_at=None)
    return {
        "matters": instructions.with_unit(),
        "matters_overdue": instructions.overdue(today),
        "orders": orders.with_unit(),
        "orders_overdue": orders.overdue(today),
        "adjustments": asked,
        "closures": Closure.objects.filter(task__plan=plan, state__in=GROUPS[WAITING]),
        "visits": SiteVisit.objects.filter(task__plan=plan, state__in=UNDER_WAY),
        "coordination": asked_for(plan).filter(instruction=None),
        "receipts": Unit.objects.filter(pk__in=waiting.order_by().values("unit")),
        "plans": ActionPlan.objects.filter(
            task__plan=plan, task__tracking__in=PLANNED, state=ActionPlanState.REVIEWING
        ),
    }


def unsent(plan: Plan, today: date) -> ReportQuerySet:
    """未报送, as 未报清单 lists it (`progress.urging.unreported`), without reading who is relieved:
    the text of the query is kept.
    """
    day, task = OuterRef("period__data_as_of"), OuterRef("responsibility__task")
    held = Responsibility.objects.on(cast(date, day)).filter(pk=OuterRef("responsibility"))
    suspended = Adjustment.objects.on(cast(date, day)).filter(
        task=task, kind=AdjustmentKind.SUSPENSION, state=DecisionState.REGISTERED
    )
    closed = Closure.objects.filter(task=task, state=ClosureState.CLOSED, closed_on__lte=day)
    return ProgressReport.objects.filter(
        Exists(held),
        ~Exists(suspended),
        ~Exists(closed),
        period__plan=plan,
        period__opens_on__lte=today,
        period__state=PeriodState.COLLECTING,
        state__in=UNFILED,
        first_left_at=None,
    )
