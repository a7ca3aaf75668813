"""催办 by hand: the people of the unit are told at once, and the register keeps who, how and what.

Telephone calls and other means are entered here too, in one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from progress.matters.notices import link_to
from progress.matters.permissions import can_handle
from progress.models import Channel, ProgressReport, Urge, UrgeSubject
from progress.telling.notice import TO_DO, Notice, tell_all
from progress.urging.reach import FIELDS, UnitUrge, Urging, urging_of
from progress.urging.reasons import Subject, name_of, plan_of
from tasks.models import Plan
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import Unit, User
from units.permissions import require

URGED_ALREADY = "今天已经催办过，请刷新页面。"
NOBODY = "没有可以催办的事项，请刷新页面。"


def urge(*, subjects: Iterable[Subject], actor: Actor, now: datetime) -> Urging:
    """Send: the people are told at once, the register has one entry a unit and plan. Returns what
    was done.

    Raises `NotNow` when nothing is left to urge, or another clerk was first.
    """
    require(can_handle(actor))
    try:
        with transaction.atomic():
            urging = urging_of(subjects, now.date())
            if not urging.units:
                raise NotNow("".join(urging.left_out[:3]) or NOBODY)
            _send(urging.units, actor, now)
    except IntegrityError:  # one_urge_a_day: two clerks at once
        raise NotNow(URGED_ALREADY) from None
    return urging


def _send(units: Sequence[UnitUrge], actor: Actor, now: datetime) -> None:
    """All of them at once: as many statements for forty units as for one."""
    urges = [
        (plan, UnitUrge(each.unit, subjects, each.people))
        for each in units
        for plan, subjects in _by_plan(each.subjects)
    ]
    entries = [
        _Entry(plan, each.unit, each.subjects, Channel.SYSTEM, reached=each.reached)
        for plan, each in urges
    ]
    rows = _enter(entries, actor, now)
    tables = Urge.recipients.through
    tables.objects.bulk_create(
        tables(urge=row, user=person)
        for row, (_, each) in zip(rows, urges, strict=True)
        for person in _people(each)
    )
    notices = [
        Notice(
            dict.fromkeys(_people(each), each.unit),
            f"urge:{row.pk}",
            "urge",
            _words(each.subjects),
            _link(plan, each.subjects),
        )
        for row, (plan, each) in zip(rows, urges, strict=True)
    ]
    tell_all(notices, now=now, urgency=TO_DO, once=True)


def _by_plan(subjects: Iterable[Subject]) -> list[tuple[Plan, list[Subject]]]:
    """Matters of two years are two entries of the register: each year has its own."""
    found: dict[int, tuple[Plan, list[Subject]]] = {}
    for subject in subjects:
        plan = plan_of(subject)
        found.setdefault(plan.pk, (plan, []))[1].append(subject)
    return list(found.values())


def _people(each: UnitUrge) -> list[User]:
    """Each once, however many capacities they hold in the unit."""
    people = {held.user.pk: held.user for held in each.people}
    return [people[pk] for pk in sorted(people)]


def _words(subjects: Sequence[Subject]) -> str:
    names = "、".join(name_of(subject) for subject in subjects[:3])
    more = f"等{len(subjects)}项" if len(subjects) > 3 else ""
    return f"督查室催办：{names}{more}已过期限，请尽快报送。"


def _link(plan: Plan, subjects: Sequence[Subject]) -> str:
    first = subjects[0]
    if len(subjects) > 1:
        return reverse("reports:desk", args=[plan.slug])
    if isinstance(first, ProgressReport):
        return reverse("progress:report", args=[plan.slug, first.pk])
    return link_to(first)


@transaction.atomic
def note_contact(
    *,
    plan: Plan,
    unit: Unit,
    subjects: Iterable[Subject],
    channel: str,
    reached: str,
    answer: str,
    actor: Actor,
    now: datetime,
) -> Urge:
    """登记 a telephone call or what else was not sent by this system, in one line; in the register
    of each year that it was about, of `plan` where it was about nothing that is listed.
    """
    require(can_handle(actor))
    entries = [
        _Entry(each, unit, those, channel, reached=reached, answer=answer)
        for each, those in _by_plan(subjects) or [(plan, [])]
    ]
    return _enter(entries, actor, now)[0]


@dataclass(frozen=True)
class _Entry:
    """What one line of the register says."""

    plan: Plan
    unit: Unit
    subjects: Sequence[Subject]
    channel: str
    reached: str
    answer: str = ""


def _enter(entries: Sequence[_Entry], actor: Actor, now: datetime) -> list[Urge]:
    today = now.date()
    rows = Urge.objects.bulk_create(
        Urge(
            plan=each.plan,
            unit=each.unit,
            channel=each.channel,
            urged_on=today,
            urged_at=now,
            urged_by=actor.user,
            urged_by_name=actor.name,
            reached=each.reached[:300],
            answer=each.answer,
        )
        for each in entries
    )
    pairs = list(zip(rows, entries, strict=True))
    UrgeSubject.objects.bulk_create(
        UrgeSubject(
            urge=row, urged_on=today, channel=each.channel, **{FIELDS[type(subject)]: subject}
        )
        for row, each in pairs
        for subject in each.subjects
    )
    log.record_all([_told(row, each) for row, each in pairs], actor=actor, now=now)
    return rows


def _told(row: Urge, each: _Entry) -> log.Act:
    return log.Act(
        "urge.enter",
        f"{row.get_channel_display()}催办：{each.unit} {len(each.subjects)}项",
        row,
        {
            "subjects": [name_of(subject) for subject in each.subjects],
            "reached": each.reached,
            "answer": each.answer,
        },
    )
