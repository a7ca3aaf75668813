"""What is told at once of a 办理方案: it waits for a signature, came back, was accepted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from progress.telling.notice import BOTH, write_notices
from tasks.models import ActionPlan, Responsibility
from units.models import Role

# transition → its rung (with a moment behind it, it has room for a dozen letters), what is said of
# it, and to whom
TOLD: dict[str, tuple[str, str, tuple[Role, ...]]] = {
    "submit": ("to-sign", "待审签", (Role.SIGNER,)),
    "return_to_liaison": ("sent-back", "被本单位负责人退回", (Role.REPORTER,)),
    "return_to_unit": ("returned", "被督查室退回", BOTH),
    "accept": ("accepted", "已通过审核", (Role.REPORTER,)),
}


def tell_of_plan(
    sender: object, instance: ActionPlan, name: str, reason: str, now: datetime, **kwargs: Any
) -> None:
    """Listens to `ACTION_PLANS`; the unit is the one that answers for the item today."""
    if name not in TOLD:
        return
    rung, said, roles = TOLD[name]
    task = instance.task
    held = Responsibility.objects.on(now.date()).filter(task=task, is_primary=True)
    text = f"{instance}{said}。{reason}"
    link = reverse("tasks:action_plan", args=[task.plan.slug, task.pk])
    for responsibility in held.select_related("unit"):
        write_notices(
            responsibility.unit,
            f"actionplan:{instance.pk}",
            f"{rung}:{now:%m%d%H%M%S}",
            text,
            link,
            now,
            roles=roles,
        )
