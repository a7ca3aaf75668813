"""What is told at once about 交办事项, 督办单 and 催办: rows of the ledger of messages.

Only people of units are told; no city leader is ever messaged by a machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from progress.matter_permissions import Matter, unit_of
from progress.models import Instruction, Reminder
from progress.reminders import fitted
from progress.reminding.recipients import people_of
from units.models import Role, Unit, User

BOTH = (Role.REPORTER, Role.SIGNER)
URGENCY = 9


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


def write_notices(
    unit: Unit,
    subject: str,
    rung: str,
    text: str,
    link: str,
    now: datetime,
    *,
    roles: Iterable[Role] = BOTH,
) -> list[User]:
    """One row at the bell for each person of `unit` in `roles`; returns the people."""
    people = people_of(unit, now.date(), roles)
    rows = [
        Reminder(
            subject=subject,
            rung=rung,
            recipient=person,
            unit=unit,
            due_on=now.date(),
            urgency=URGENCY,
            is_immediate=True,
            text=fitted(text),
            link=link,
        )
        for person in people
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)  # told in this very second
    return people
