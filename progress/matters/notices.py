"""What is told at once about 交办事项, 督办单 and 催办: rows of the ledger of messages.

Only people of units are told; no city leader is ever messaged by a machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from progress.matters.permissions import Matter, unit_of
from progress.models import Instruction
from progress.telling.notice import TO_DO, tell
from progress.telling.people import people_of
from units.models import Role, Unit
from units.models.people import UNIT_ROLES


def link_to(matter: Matter) -> str:
    """The page of the matter."""
    name = "progress:matter" if isinstance(matter, Instruction) else "progress:order"
    return reverse(name, args=[matter.plan.slug, matter.pk])


def tell_unit(
    matter: Matter,
    rung: str,
    text: str,
    now: datetime,
    *,
    unit: Unit | None = None,
    roles: Iterable[Role] = UNIT_ROLES,
) -> None:
    """Tell the people of `unit`, else of the unit that answers. `rung` is unique per telling."""
    tell(
        people_of(unit or unit_of(matter), day=now.date(), roles=roles),
        f"{matter._meta.model_name}:{matter.pk}",
        rung,
        text,
        link_to(matter),
        now=now,
        urgency=TO_DO,
        once=True,
    )
