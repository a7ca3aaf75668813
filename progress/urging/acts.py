"""催办 by hand: the people of the unit are told at once, and the register keeps who, how and what.

Telephone calls and other means are entered here too, in one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from progress.matters.notices import link_to
from progress.matters.permissions import can_handle
from progress.models import Channel, ProgressReport, Urge, UrgeSubject
from progress.telling.notice import TO_DO, tell
from progress.telling.people import people_of
from progress.urging.reach import FIELDS, UnitUrge, Urging, urging_of
from progress.urging.reasons import Subject, name_of
from tasks.models import Plan
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import Role, Unit
from units.permissions import require

URGED_ALREADY = "今天已经催办过，请刷新页面。"
NOBODY = "没有可以催办的事项，请刷新页面。"


def urge(*, plan: Plan, subjects: Iterable[Subject], actor: Actor, now: datetime) -> Urging:
    """Send: the people are told at once, the register has one entry a unit. Returns what was done.

    Raises `NotNow` when nothing is left to urge, or another clerk was first.
    """
    require(can_handle(actor))
    try:
        with transaction.atomic():
            urging = urging_of(subjects, now.date())
            if not urging.units:
                raise NotNow("".join(urging.left_out[:3]) or NOBODY)
            for each in urging.units:
                _send(plan, each, actor, now)
    except IntegrityError:  # one_urge_a_day: two clerks at once
        raise NotNow(URGED_ALREADY) from None
    return urging


def _send(plan: Plan, each: UnitUrge, actor: Actor, now: datetime) -> None:
    row = _enter(plan, each.unit, each.subjects, Channel.SYSTEM, actor, now, reached=each.reached)
    row.recipients.set(person.user_id for person in each.people)
    names = "、".join(name_of(subject) for subject in each.subjects[:3])
    more = f"等{len(each.subjects)}项" if len(each.subjects) > 3 else ""
    roles = {Role(person.role) for person in each.people}
    tell(
        people_of(each.unit, day=now.date(), roles=roles),
        f"urge:{row.pk}",
        "urge",
        f"督查室催办：{names}{more}已过期限，请尽快报送。",
        _link(plan, each.subjects),
        now=now,
        urgency=TO_DO,
        once=True,
    )


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
    """登记 a telephone call or what else was not sent by this system, in one line."""
    require(can_handle(actor))
    return _enter(plan, unit, list(subjects), channel, actor, now, reached=reached, answer=answer)


def _enter(
    plan: Plan,
    unit: Unit,
    subjects: Sequence[Subject],
    channel: str,
    actor: Actor,
    now: datetime,
    *,
    reached: str,
    answer: str = "",
) -> Urge:
    row = Urge.objects.create(
        plan=plan,
        unit=unit,
        channel=channel,
        urged_on=now.date(),
        urged_at=now,
        urged_by=actor.user,
        urged_by_name=actor.name,
        reached=reached[:300],
        answer=answer,
    )
    UrgeSubject.objects.bulk_create(
        UrgeSubject(
            urge=row, urged_on=now.date(), channel=channel, **{FIELDS[type(subject)]: subject}
        )
        for subject in subjects
    )
    log.record(
        actor=actor,
        action="urge.enter",
        subject=row,
        summary=f"{row.get_channel_display()}催办：{unit} {len(subjects)}项",
        changes={
            "subjects": [name_of(subject) for subject in subjects],
            "reached": reached,
            "answer": answer,
        },
        now=now,
    )
    return row
