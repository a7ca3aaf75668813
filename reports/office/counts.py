"""What waits for the office beside the filings: one query for all numbers.

Each queryset is that of the list to which its number leads.
"""

from __future__ import annotations

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
from units.models import Unit


def office_counts(plan: Plan, today: date) -> dict[str, int]:
    """Name → what waits; the names are those of `reports.office.links`."""
    ready = [p for p in periods_of(plan) if not p.is_finalized and p.closes_on <= today]
    return {"to_finalize": len(ready), **tallied(plan, waiting_sets(plan, today))}


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
