"""办理方案 on the desk of a unit: what waits for a signature, and what came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from tasks.models import ActionPlan, ActionPlanState, Plan, Responsibility
from tasks.plan_names import Chip, chips_of
from units.actors import Actor

BUTTONS = {ActionPlanState.SIGNING: "审签", ActionPlanState.RETURNED: "修改重报"}


@dataclass(frozen=True)
class OpenActionPlan:
    """One of them; the head of the unit signs, the liaison only looks until then."""

    action_plan: ActionPlan
    plan: Plan
    is_signer: bool
    chip: Chip | None = None  # its plan, where several are worked on

    @property
    def is_returned(self) -> bool:
        return self.action_plan.state == ActionPlanState.RETURNED

    @property
    def url(self) -> str:
        return reverse("tasks:action_plan", args=[self.plan.slug, self.action_plan.task_id])

    @property
    def button(self) -> str:
        mine = self.is_signer != self.is_returned
        return BUTTONS[ActionPlanState(self.action_plan.state)] if mine else "查看"


def open_action_plans(plans: Sequence[Plan], actor: Actor, day: date) -> list[OpenActionPlan]:
    """Of the items that the actor's unit answers for on `day`; one query."""
    by_id, chips = {plan.pk: plan for plan in plans}, chips_of(plans)
    found = action_plans_at(tuple(by_id), actor.unit_id, day)
    return [
        OpenActionPlan(
            each, by_id[each.task.plan_id], actor.is_signer, chips.get(each.task.plan_id)
        )
        for each in found.select_related("task").order_by("state", "task__kind", "task__number")
    ]


def action_plans_at(
    plan_ids: tuple[int, ...], unit_id: int | None, day: date
) -> QuerySet[ActionPlan]:
    """Those of which somebody in the unit has to do something."""
    held = Responsibility.objects.on(day).filter(
        unit=unit_id, is_primary=True, task__plan__in=plan_ids
    )
    return ActionPlan.objects.filter(task__in=held.values("task"), state__in=list(BUTTONS))
