"""责任清单: what a unit answers for, and what of it is to be received, planned, answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from progress.adjustments.acts import request_adjustment
from progress.models import Adjustment, AdjustmentKind, DecisionState
from tasks.action_plans.list import PLANNED
from tasks.holders.permissions import can_hold
from tasks.holders.receipts import held_by
from tasks.models import ActionPlan, Naming, NamingState, Plan, Responsibility
from units.actors import Actor
from units.permissions import require


@dataclass(frozen=True)
class DutyRow:
    """One item. `action_plan_state`: of its 办理方案 where the unit writes it, else empty."""

    held: Responsibility
    action_plan_state: str
    is_in_force: bool
    objection: Adjustment | None

    @property
    def lacks_action_plan(self) -> bool:
        return self.action_plan_state != "" and not self.is_in_force


@dataclass(frozen=True)
class Duties:
    rows: list[DutyRow]
    namings: list[Naming]  # asked whether it takes part

    @property
    def waiting(self) -> int:
        return sum(row.held.received_at is None for row in self.rows)

    @property
    def lacking(self) -> int:
        return sum(row.lacks_action_plan for row in self.rows)


def duties_of_unit(plan: Plan, actor: Actor, day: date) -> Duties:
    """In a fixed number of queries. Open receipts first, the rest as numbered."""
    held = list(held_by(plan, actor.unit, day))
    ids = [each.task_id for each in held]
    action_plans = {each.task_id: each for each in ActionPlan.objects.filter(task__in=ids)}
    objections = {
        each.detail.get("responsibility"): each
        for each in Adjustment.objects.filter(
            task__in=ids,
            kind=AdjustmentKind.RESPONSIBILITY,
            state=DecisionState.REQUESTED,
        )
    }
    rows = [_row(each, action_plans.get(each.task_id), objections.get(each.pk)) for each in held]
    rows.sort(key=lambda row: row.held.received_at is not None)
    return Duties(rows, list(namings_for(plan, actor)))


def _row(
    held: Responsibility, action_plan: ActionPlan | None, objection: Adjustment | None
) -> DutyRow:
    state = ""
    if held.is_primary and held.task.tracking in PLANNED:
        state = str(action_plan.state) if action_plan is not None else "none"
    in_force = action_plan is not None and action_plan.accepted_version_id is not None
    return DutyRow(held, state, in_force, objection)


def namings_for(plan: Plan, actor: Actor) -> QuerySet[Naming]:
    """Proposals that wait for the actor's unit, of items that it may know of."""
    found = Naming.objects.filter(
        designation__task__plan=plan, unit=actor.unit, state=NamingState.PROPOSED
    ).exclude(designation__role="support", designation__task__visibility="restricted")
    return found.select_related("designation__task__plan", "unit")


def object_to_duty(
    *, responsibility: Responsibility, about: str, reason: str, actor: Actor, now: datetime
) -> Adjustment:
    """异议 to role or wording (`about`: a key of `OBJECTIONS`): asked for as a 责任调整."""
    require(can_hold(actor, responsibility))
    detail = {
        "objection": about,
        "responsibility": responsibility.pk,
        "unit": responsibility.unit.name,
    }
    return request_adjustment(
        task=responsibility.task,
        kind=AdjustmentKind.RESPONSIBILITY,
        reason=reason,
        starts_on=now.date(),
        detail=detail,
        actor=actor,
        now=now,
    )
