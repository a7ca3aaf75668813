"""Moving the due days that the office ticked, and what the schedule does when the working days have
changed under it, by an entry or by a new library.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from huangshi_tasks.lib import text
from progress.due_days.affected import Calendars, Moving, affected
from progress.finalizing.rescheduling import move_period
from progress.matters.notices import tell_unit
from progress.models import (
    Instruction,
    Period,
    ProgressReport,
    SupervisionOrder,
    SupportRequest,
)
from progress.telling.notice import TO_DO, tell
from progress.telling.people import holders_of, people_of
from units import log
from units.actors import Actor
from units.calendar import workdays
from units.errors import NotNow
from units.models import Role
from units.permissions import can_run_the_year, require

REASON = "工作日安排调整"
STALE = "受影响的期限有变化，请核对下表后再提交。"


def fingerprint(found: Sequence[Moving]) -> str:
    """What the page shows, so that nobody decides on rows that were not seen."""
    rows = sorted(f"{each.key}:{each.days}" for each in found)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def move(*, chosen: Collection[str], seen: str, actor: Actor, now: datetime) -> tuple[int, int]:
    """Move what was chosen, by key; the others keep their days. Returns how many of each.

    Everybody concerned is told. Raises `NotNow` when the list is another than was `seen`.
    """
    require(can_run_the_year(actor))
    with transaction.atomic():
        found = affected(now.date())
        if fingerprint(found) != seen:
            raise NotNow(STALE)
        moved = [each for each in found if each.key in chosen]
        for each in moved:
            _move(each, actor, now)
        _remember(found, moved, actor, now)
    return len(moved), len(found) - len(moved)


def notice_changes(*, now: datetime) -> None:
    """Tell the office that due days are affected; with none, take the change down in the log."""
    calendars = Calendars()
    if not calendars.has_changed:
        if not workdays.reaches(now.date()):
            workdays.remember(now.date())
        return
    if found := affected(now.date()):
        sentence = f"工作日安排有变化，{len(found)}项期限受影响，请核对后顺延并通知。"
        people, link = holders_of(Role.OFFICE, now.date()), reverse("progress:due_days")
        subject = f"workdays:{fingerprint(found)}"
        tell(people, subject, "changed", sentence, link, now=now, urgency=TO_DO, once=True)
        return
    with transaction.atomic():
        _remember([], [], None, now)


def _remember(
    found: Sequence[Moving], moved: Sequence[Moving], actor: Actor | None, now: datetime
) -> None:
    changes = Calendars().changes
    workdays.remember(now.date())
    if found or changes:
        log.record(
            action="calendar.move",
            summary=f"工作日调整：顺延{len(moved)}项，保持{len(found) - len(moved)}项",
            changes={
                "workdays": {f"{day}": worked for day, worked in changes.items()},
                "moved": [f"{each.kind}{each.name}：{_in_words(each)}" for each in moved],
                "kept": [f"{each.kind}{each.name}" for each in found if each not in moved],
            },
            actor=actor,
            now=now,
        )


def _in_words(moving: Moving) -> str:
    return "，".join(
        f"{label}由{text.day(stored)}改为{text.day(new)}"
        for label, stored, new in moving.days.values()
    )


def _move(moving: Moving, actor: Actor, now: datetime) -> None:
    subject = moving.subject
    new = {field: day for field, (_, _, day) in moving.days.items()}
    if isinstance(subject, Period):  # with its filings, its note and its own notice
        stored = {field: getattr(subject, field) for field in ("opens_on", "due_on", "closes_on")}
        move_period(period=subject, reason=REASON, actor=actor, now=now, **{**stored, **new})
        return
    locked = type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)
    for field, day in new.items():
        setattr(locked, field, day)
    locked.save(update_fields=[*new])
    _tell(moving, max(new.values()), now)
    log.record(
        actor=actor,
        action=f"{subject._meta.model_name}.postpone",
        subject=subject,
        summary=f"{REASON}：{moving.name}",
        changes={field: [stored, day] for field, (_, stored, day) in moving.days.items()},
        reason=REASON,
        now=now,
    )


def _tell(moving: Moving, day: date, now: datetime) -> None:
    """The people of the unit that has the day to keep."""
    subject, rung = moving.subject, f"postponed:{day:%Y%m%d}"
    sentence = f"{moving.name}：{_in_words(moving)}（{REASON}）。"
    if isinstance(subject, ProgressReport):
        people, about = people_of(subject.unit, day=now.date()), f"report:{subject.pk}"
        urgency, link = TO_DO, moving.link
        tell(
            people, about, rung, sentence, link, now=now, urgency=urgency, report=subject, once=True
        )
    elif isinstance(subject, SupportRequest):
        people, about = people_of(subject.unit, day=now.date()), f"support:{subject.pk}"
        link = reverse("progress:support_requests", args=[subject.report.period.plan.slug])
        tell(people, about, rung, sentence, link, now=now, urgency=TO_DO, once=True)
    elif isinstance(subject, Instruction | SupervisionOrder):
        tell_unit(subject, rung, sentence, now)
    elif moving.tell is not None:
        moving.tell(rung, sentence, now)
