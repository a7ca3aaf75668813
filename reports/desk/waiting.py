"""What waits on a desk beside filings: asked together, for on most days there is none of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, DateField, Exists, Min, QuerySet, Subquery

from progress.models import SupportRequest
from progress.models.supports import SupportRequestQuerySet
from reports.desk.open_action_plans import OpenActionPlan, action_plans_at, open_action_plans
from reports.desk.open_matters import OpenMatter, instructions_at, open_matters, orders_at
from tasks.models import Plan
from units.actors import Actor
from units.asking.rows import prepared_rows


class Asked(NamedTuple):
    """配合征询 of a plan without an answer: how many, and the first day."""

    plan: Plan
    number: int
    until: date


class Waiting(NamedTuple):
    """Of all plans that are worked on."""

    matters: list[OpenMatter]
    action_plans: list[OpenActionPlan]
    asked: list[Asked]


def waiting_at(plans: Sequence[Plan], actor: Actor, today: date) -> Waiting:
    """One query, and those of what there is."""
    ids, unit = tuple(plan.pk for plan in plans), actor.unit_id
    (there_is,) = _there_is(plans[0].pk, ids, unit, today)
    has_instructions, has_orders, has_action_plans, asked_until = there_is
    return Waiting(
        open_matters(
            plans,
            today,
            instructions_at(ids, unit) if has_instructions else (),
            orders_at(ids, unit) if has_orders else (),
        ),
        open_action_plans(plans, actor, today) if has_action_plans else [],
        _asked(plans, unit) if asked_until is not None else [],
    )


def _asked(plans: Sequence[Plan], unit_id: int | None) -> list[Asked]:
    counted = (
        _asked_at(tuple(plan.pk for plan in plans), unit_id)
        .order_by()
        .values_list("report__period__plan")
        .annotate(Count("pk"), Min("due_on"))
    )
    found = {pk: rest for pk, *rest in counted}
    return [Asked(plan, *found[plan.pk]) for plan in plans if plan.pk in found]


def _asked_at(plan_ids: tuple[int, ...], unit_id: int | None) -> SupportRequestQuerySet:
    waiting = SupportRequest.objects.waiting_at(unit_id)
    return waiting.filter(report__period__plan__in=plan_ids)


@prepared_rows
def _there_is(
    plan_id: int, plan_ids: tuple[int, ...], unit_id: int, today: date
) -> QuerySet[Any, Any]:
    """Whether there are 交办, 督办 and 办理方案, and the first day of what is asked. One row: that
    of a plan at hand.
    """
    asked = _asked_at(plan_ids, unit_id)
    return Plan.objects.filter(pk=plan_id).values_list(
        Exists(instructions_at(plan_ids, unit_id)),
        Exists(orders_at(plan_ids, unit_id)),
        Exists(action_plans_at(plan_ids, unit_id, today)),
        Subquery(asked.order_by("due_on").values("due_on")[:1], DateField()),
    )
