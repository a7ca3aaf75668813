"""What is told at once about 交办事项, 督办单 and 催办: rows of the ledger of messages.

People of units are told, and the office of what units say; no city leader is ever messaged by a
machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from progress.matters.permissions import Matter, unit_of
from progress.models import Instruction
from progress.telling.notice import DECIDED, TO_DO, tell
from progress.telling.people import holders_of, people_of
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


def tell_office(matter: Matter, rung: str, said: str, now: datetime) -> None:
    """Tell the office what the unit says: an answer, a request. Of a restricted one only the number
    is said: a message leaves the house.
    """
    is_restricted = isinstance(matter, Instruction) and matter.is_restricted
    name = matter.code if is_restricted else str(matter)
    tell(
        holders_of(Role.OFFICE, now.date()),
        f"{matter._meta.model_name}:{matter.pk}",
        f"{rung}:{now:%m%d%H%M%S}",
        f"{unit_of(matter)}{said}：{name}",
        link_to(matter),
        now=now,
        urgency=DECIDED,
        once=True,
    )
