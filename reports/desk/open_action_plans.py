"""办理方案 on the desk of a unit: what waits for a signature, and what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from tasks.models import ActionPlan, ActionPlanState, Plan, Responsibility
from units.actors import Actor

BUTTONS = {ActionPlanState.SIGNING: "审签", ActionPlanState.RETURNED: "修改重报"}


@dataclass(frozen=True)
class OpenActionPlan:
    """One of them; the head of the unit signs, the liaison only looks until then."""

    action_plan: ActionPlan
    plan: Plan
    is_signer: bool

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


def open_action_plans(plan: Plan, actor: Actor, day: date) -> list[OpenActionPlan]:
    """Of the items that the actor's unit answers for on `day`; one query."""
    held = Responsibility.objects.on(day).filter(unit=actor.unit, is_primary=True, task__plan=plan)
    found = ActionPlan.objects.filter(task__in=held.values("task"), state__in=list(BUTTONS))
    return [
        OpenActionPlan(each, plan, actor.is_signer)
        for each in found.select_related("task").order_by("state", "task__kind", "task__number")
    ]
