"""What a bulletin tells at the bell: who is named, that a unit answered, that it was issued.

Leaders are never told by a machine; they read the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse

from huangshi_tasks.lib.text import deadline
from progress.telling.notice import TO_DO, tell
from progress.telling.people import holders_of, people_of
from reports.models import Bulletin, BulletinLine
from units.models import Role, Unit

ANSWER_URGENCY = 2


def tell_named(bulletin: Bulletin, lines: Sequence[BulletinLine], now: datetime) -> None:
    """Each unit named: how many lines, where, and until when it may answer."""
    until = deadline(bulletin.check_until) if bulletin.check_until is not None else ""
    for unit in _units(lines):
        count = sum(line.unit_id == unit.pk for line in lines)
        text = f"{bulletin}拟点名本单位{count}条，请于{until}前核对，有意见的写明一句。"
        _tell(bulletin, f"check:{now:%Y%m%d%H%M%S}", text, unit, now)


def tell_postponed(
    bulletin: Bulletin, lines: Sequence[BulletinLine], rung: str, sentence: str, now: datetime
) -> None:
    """Who has not answered yet, that it may until a later day."""
    for unit in _units(line for line in lines if line.answered_at is None):
        _tell(bulletin, f"check:{rung}", sentence, unit, now)


def tell_issued(bulletin: Bulletin, lines: Sequence[BulletinLine], now: datetime) -> None:
    """The units named, once it is out."""
    for unit in _units(lines):
        text = f"{bulletin}已印发，涉及本单位，请对照整改。"
        _tell(bulletin, "issued", text, unit, now)


def tell_office(line: BulletinLine, now: datetime) -> None:
    """The office, that a unit has answered."""
    bulletin = line.bulletin
    tell(
        holders_of(Role.OFFICE, now.date()),
        f"bulletinline:{line.pk}",
        f"answer:{now:%Y%m%d%H%M%S}",
        f"{line.unit_name}对{bulletin}答复：{line.answer}",
        reverse("reports:bulletin_edit", args=[bulletin.plan.slug, bulletin.pk]),
        now=now,
        urgency=ANSWER_URGENCY,
        once=True,
    )


def _units(lines: Iterable[BulletinLine]) -> list[Unit]:
    return list({line.unit_id: line.unit for line in lines}.values())


def _tell(bulletin: Bulletin, rung: str, text: str, unit: Unit, now: datetime) -> None:
    name = "reports:bulletin_check" if rung.startswith("check") else "reports:bulletin"
    link = reverse(name, args=[bulletin.plan.slug, bulletin.pk])
    people, subject = people_of(unit, day=now.date()), f"bulletin:{bulletin.pk}"
    tell(people, subject, rung, text, link, now=now, urgency=TO_DO, once=True)
