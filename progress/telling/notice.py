"""A notice that goes at once: the rows of the ledger of messages that it becomes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from progress.models import Reminder
from units.models import Appointment, Role, Unit, User

BOTH = (Role.REPORTER, Role.SIGNER)
URGENCY = 9


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


def fitted(text: str) -> str:
    """`text` as long as the ledger takes."""
    length = Reminder._meta.get_field("text").max_length or 0
    return text if len(text) <= length else f"{text[: length - 1]}…"


def people_of(unit: Unit, day: date, roles: Iterable[Role]) -> list[User]:
    """Who holds one of `roles` for `unit` on `day`."""
    held = Appointment.objects.on(day).filter(unit=unit, role__in=list(roles))
    return list(User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("pk"))
