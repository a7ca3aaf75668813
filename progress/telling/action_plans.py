"""What is told at once of a 办理方案: it waits for a signature, came back, was accepted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.urls import reverse

from progress.telling.notice import TO_DO, tell
from progress.telling.people import people_of
from tasks.models import ActionPlan, Responsibility
from units.models import Role
from units.models.people import UNIT_ROLES

# transition → its rung (with a moment behind it, it has room for a dozen letters), what is said of
# it, and to whom
TOLD: dict[str, tuple[str, str, Collection[Role]]] = {
    "submit": ("to-sign", "待审签", (Role.SIGNER,)),
    "return_to_liaison": ("sent-back", "被本单位负责人退回", (Role.REPORTER,)),
    "return_to_unit": ("returned", "被督查室退回", UNIT_ROLES),
    "accept": ("accepted", "已通过审核", (Role.REPORTER,)),
}


def tell_of_action_plan(
    sender: object, instance: ActionPlan, name: str, reason: str, now: datetime, **kwargs: Any
) -> None:
    """Listens to `ACTION_PLANS`; the unit is the one that answers for the item today."""
    if name not in TOLD:
        return
    rung, said, roles = TOLD[name]
    task, day = instance.task, now.date()
    held = Responsibility.objects.on(day).filter(task=task, is_primary=True)
    for responsibility in held.select_related("unit"):
        tell(
            people_of(responsibility.unit, day=day, roles=roles),
            f"actionplan:{instance.pk}",
            f"{rung}:{now:%m%d%H%M%S}",
            f"{instance}{said}。{reason}",
            reverse("tasks:action_plan", args=[task.plan.slug, task.pk]),
            now=now,
            urgency=TO_DO,
            once=True,
        )
