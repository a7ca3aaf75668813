"""What waits for the office beside the filings: one query for all numbers of all plans.

Each queryset is that of the list to which its number leads.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from progress.closing.page import GROUPS, WAITING
from progress.matters.coordination import asked_for
from progress.models import (
    Adjustment,
    Closure,
    DecisionState,
    Instruction,
    SiteVisit,
    SupervisionOrder,
)
from progress.periods.access import periods_of
from progress.visits.acts import UNDER_WAY
from reports.stats.tallied import tallied
from tasks.action_plans.list import PLANNED
from tasks.holders.receipts import receivable
from tasks.models import ActionPlan, ActionPlanState, Plan
from tasks.naming.desk import ORDER, RELEVANT_OPEN, counted_states
from units.models import Unit


def office_counts(plans: Sequence[Plan], today: date) -> list[dict[str, int]]:
    """Of each plan name → what waits; the names are those of `reports.office.links` and of the
    states of a designation.
    """
    counted = tallied(tuple(plans), today, waiting_sets)
    return [
        {"to_finalize": _ready(plan, today), **counts, **_namings(plan, today)}
        for plan, counts in zip(plans, counted, strict=True)
    ]


def _ready(plan: Plan, today: date) -> int:
    """Periods that can be finalized."""
    return sum(p.is_open(today) and p.closes_on <= today for p in periods_of(plan))


def _namings(plan: Plan, today: date) -> dict[str, int]:
    counted = counted_states(plan, today)
    return {state: counted[state] for state in (*ORDER, RELEVANT_OPEN)}


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
