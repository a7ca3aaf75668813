"""What the office is told of a naming: that the named unit objects."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from progress.telling.notice import DECIDED, tell
from progress.telling.people import holders_of
from tasks.models import Naming
from units.models import Role


def tell_of_naming(
    sender: object, instance: Naming, name: str, reason: str, now: datetime, **kwargs: Any
) -> None:
    """Listens to `NAMINGS`."""
    if name != "object":
        return
    task = instance.designation.task
    tell(
        holders_of(Role.OFFICE, now.date()),
        f"naming:{instance.pk}",
        f"objected:{now:%m%d%H%M%S}",
        f"{instance.unit}对列为{task}“{instance.designation.printed}”有异议：{reason}",
        reverse("tasks:namings", args=[task.plan.slug]),
        now=now,
        urgency=DECIDED,
        once=True,
    )
