"""Who leads an item, and telling their people at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from progress.models import Reminder
from progress.telling.notice import fitted, people_of
from tasks.models import Responsibility, Task
from units.models import Role, Unit

UNIT_PEOPLE = (Role.REPORTER, Role.SIGNER)
URGENCY = 5


def _leads(task: Task, now: datetime) -> list[Unit]:
    held = Responsibility.objects.filter(task=task, ends_on=None).exclude(role="support")
    return [row.unit for row in held.select_related("unit")]


def _tell(
    subject: str, rung: str, text: str, link: str, units: Iterable[Unit], now: datetime
) -> None:
    people = {
        person.pk: (person, unit)
        for unit in units
        for person in people_of(unit, now.date(), UNIT_PEOPLE)
    }
    Reminder.objects.bulk_create(
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
        for person, unit in people.values()
    )
