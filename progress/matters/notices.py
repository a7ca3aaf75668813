"""What is told at once about 交办事项, 督办单 and 催办: rows of the ledger of messages.

Only people of units are told; no city leader is ever messaged by a machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from progress.matters.permissions import Matter, unit_of
from progress.models import Instruction
from progress.telling.notice import (
    BOTH,
    write_notices,
)
from units.models import Role, Unit, User


def link_to(matter: Matter) -> str:
    """The page of the matter."""
    name = "progress:matter" if isinstance(matter, Instruction) else "progress:order"
    return reverse(name, args=[matter.plan.slug, matter.pk])


def tell_unit(
    matter: Matter, rung: str, text: str, now: datetime, *, roles: Iterable[Role] = BOTH
) -> list[User]:
    """Tell the unit that answers; returns who was told. `rung` is unique per telling."""
    return tell(unit_of(matter), matter, rung, text, now, roles=roles)


def tell(
    unit: Unit,
    matter: Matter,
    rung: str,
    text: str,
    now: datetime,
    *,
    roles: Iterable[Role] = BOTH,
) -> list[User]:
    """Tell the people of `unit` about `matter`."""
    return write_notices(
        unit,
        f"{matter._meta.model_name}:{matter.pk}",
        rung,
        text,
        link_to(matter),
        now,
        roles=roles,
    )
