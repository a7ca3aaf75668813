"""What a bulletin tells at the bell: who is named, that a unit answered, that it was issued.

Leaders are never told by a machine; they read the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse

from huangshi_tasks.lib.text import deadline
from progress.models import Reminder
from progress.reminders import people_of
from reports.models import Bulletin, BulletinLine
from units.models import Appointment, Role, Unit, User

ASK_URGENCY, ISSUED_URGENCY, ANSWER_URGENCY = 9, 3, 2
UNIT_PEOPLE = (Role.REPORTER, Role.SIGNER)


def tell_named(bulletin: Bulletin, lines: Sequence[BulletinLine], now: datetime) -> None:
    """Each unit named: how many lines, where, and until when it may answer."""
    until = deadline(bulletin.check_until) if bulletin.check_until is not None else ""
    for unit in _units(lines):
        count = sum(line.unit_id == unit.pk for line in lines)
        text = f"{bulletin}拟点名本单位{count}条，请于{until}前核对，有意见的写明一句。"
        _tell(bulletin, f"check:{now:%Y%m%d%H%M%S}", text, unit, ASK_URGENCY, now)


def tell_issued(bulletin: Bulletin, lines: Sequence[BulletinLine], now: datetime) -> None:
    """The units named, once it is out."""
    for unit in _units(lines):
        text = f"{bulletin}已印发，涉及本单位，请对照整改。"
        _tell(bulletin, "issued", text, unit, ISSUED_URGENCY, now)


def tell_office(line: BulletinLine, now: datetime) -> None:
    """The office, that a unit has answered."""
    office = Appointment.objects.on(now.date()).filter(role=Role.OFFICE).values("user_id")
    people = User.objects.filter(pk__in=office, is_active=True).order_by("pk")
    bulletin = line.bulletin
    text = f"{line.unit}对{bulletin}答复：{line.answer}"
    link = reverse("reports:bulletin_edit", args=[bulletin.plan.slug, bulletin.pk])
    _add(f"line:{line.pk}", f"answer:{now:%H%M%S}", text, people, None, link, ANSWER_URGENCY, now)


def _units(lines: Iterable[BulletinLine]) -> list[Unit]:
    return list({line.unit_id: line.unit for line in lines}.values())


def _tell(
    bulletin: Bulletin, rung: str, text: str, unit: Unit, urgency: int, now: datetime
) -> None:
    name = "reports:bulletin_check" if rung.startswith("check") else "reports:bulletin"
    link = reverse(name, args=[bulletin.plan.slug, bulletin.pk])
    people = people_of(unit, now.date(), UNIT_PEOPLE)
    _add(f"bulletin:{bulletin.pk}:{unit.pk}", rung, text, people, unit, link, urgency, now)


def _add(
    subject: str,
    rung: str,
    text: str,
    people: Iterable[User],
    unit: Unit | None,
    link: str,
    urgency: int,
    now: datetime,
) -> None:
    length = Reminder._meta.get_field("text").max_length or 0
    rows = [
        Reminder(
            subject=subject,
            rung=rung,
            recipient=person,
            unit=unit,
            due_on=now.date(),
            urgency=urgency,
            is_immediate=True,
            text=text if len(text) <= length else f"{text[: length - 1]}…",
            link=link,
        )
        for person in people
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
