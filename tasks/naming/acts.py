"""明确: who is meant by 相关… and …成员单位. The lead proposes, the unit answers, the office
decides; naming makes the unit answer for the item from a day on.

Source: design.md section 4, "Collective designations".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from tasks.models import (
    Designation,
    Naming,
    NamingState,
    ResponsibilityRole,
    Visibility,
)
from tasks.naming.taking_on import end_what_it_made, take_on
from tasks.naming.workflow import NAMINGS
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import Unit
from units.permissions import can_run_the_year, require

ONE_DAY = timedelta(days=1)


def propose(*, designation: Designation, unit_id: int, actor: Actor, now: datetime) -> Naming:
    """Ask a unit whether it takes part, as the accepted 办理方案 says."""
    naming = Naming.objects.create(
        designation=designation,
        unit_id=unit_id,
        starts_on=now.date(),
        proposed_by_name=f"{designation.task.primary_unit or '牵头单位'}办理方案",
        proposed_at=now,
    )
    _log("propose", "提出", naming, actor, now)
    return naming


def confirm(*, naming: Naming, actor: Actor, now: datetime) -> Naming:
    """The unit takes part, from today on."""
    return NAMINGS.perform("confirm", naming, actor=actor, now=now, stamp=_answered(actor, now))


def object_to(*, naming: Naming, reason: str, actor: Actor, now: datetime) -> Naming:
    """异议, with a reason; the office decides."""
    stamp = _answered(actor, now, reason)
    return NAMINGS.perform("object", naming, actor=actor, now=now, stamp=stamp, reason=reason)


def decide(*, naming: Naming, reason: str, actor: Actor, now: datetime) -> Naming:
    """列入 all the same, or without waiting for an answer: the office."""

    def stamp(locked: Naming) -> Sequence[str]:
        locked.responsibility = take_on(locked, now.date())
        _decided(locked, actor, now, reason)
        return ("responsibility", "decided_by_name", "decided_at", "reason")

    return NAMINGS.perform("decide", naming, actor=actor, now=now, stamp=stamp, reason=reason)


def drop(*, naming: Naming, reason: str, actor: Actor, now: datetime) -> Naming:
    """不列入; a responsibility that came of it ends yesterday."""

    def stamp(locked: Naming) -> Sequence[str]:
        end_what_it_made(locked, now.date() - ONE_DAY)
        _decided(locked, actor, now, reason)
        return ("decided_by_name", "decided_at", "reason")

    return NAMINGS.perform("drop", naming, actor=actor, now=now, stamp=stamp, reason=reason)


def name_unit(
    *,
    designation: Designation,
    unit: Unit,
    starts_on: date,
    actor: Actor,
    now: datetime,
    ends_on: date | None = None,
    reason: str = "",
) -> Naming:
    """The office names at once, from a day and, when so decided, until a day.

    What stands for this unit already is decided instead of made twice.
    """
    require(can_run_the_year(actor))
    if starts_on < designation.task.plan.issued_on:
        raise NotNow("起始日期不能早于通知的成文日期。")
    if ends_on is not None and ends_on < starts_on:
        raise NotNow("终止日期不能早于起始日期。")
    with transaction.atomic():
        Designation.objects.select_for_update(of=("self",)).get(pk=designation.pk)
        if standing := standing_of(designation, unit, starts_on):
            if standing.state == NamingState.CONFIRMED:
                raise NotNow(f"{unit}已列入“{designation.printed}”。")
            return decide(naming=standing, reason=reason or "督查室明确。", actor=actor, now=now)
        naming = Naming(
            designation=designation,
            unit=unit,
            state=NamingState.CONFIRMED,
            starts_on=starts_on,
            ends_on=ends_on,
            proposed_by_name=actor.name,
            proposed_at=now,
            decided_by_name=actor.name,
            decided_at=now,
            reason=reason,
        )
        naming.responsibility = take_on(naming, starts_on)
        naming.save()
        _log("name", "明确", naming, actor, now)
    return naming


def name_nobody(*, designation: Designation, reason: str, actor: Actor, now: datetime) -> Naming:
    """无需另行明确: those that the item names already are meant."""
    require(can_run_the_year(actor))
    with transaction.atomic():
        Designation.objects.select_for_update(of=("self",)).get(pk=designation.pk)
        standing = designation.namings.not_over(now.date())
        if standing.filter(unit=None, state=NamingState.CONFIRMED).exists():
            raise NotNow("已登记为无需另行明确。")
        naming = Naming.objects.create(
            designation=designation,
            state=NamingState.CONFIRMED,
            starts_on=now.date(),
            proposed_by_name=actor.name,
            proposed_at=now,
            decided_by_name=actor.name,
            decided_at=now,
            reason=reason,
        )
        _log("name_nobody", "无需另行明确", naming, actor, now)
    return naming


def standing_of(designation: Designation, unit: Unit, day: date) -> Naming | None:
    """What a naming of `unit` from `day` on would meet."""
    found = designation.namings.not_over(day).filter(unit=unit)
    return found.exclude(state=NamingState.DROPPED).first()


def needs_no_answer(designation: Designation) -> bool:
    """The support of a restricted item does not see it, and cannot be asked: the office names."""
    is_support = designation.role == ResponsibilityRole.SUPPORT
    return is_support and designation.task.visibility == Visibility.RESTRICTED


def _answered(actor: Actor, now: datetime, reason: str = "") -> Callable[[Naming], Sequence[str]]:
    def stamp(locked: Naming) -> Sequence[str]:
        locked.answered_by_name, locked.answered_at = actor.name, now
        locked.reason = reason
        if not reason:
            locked.responsibility = take_on(locked, now.date())
        return ("answered_by_name", "answered_at", "reason", "responsibility")

    return stamp


def _decided(naming: Naming, actor: Actor, now: datetime, reason: str) -> None:
    naming.decided_by_name, naming.decided_at = actor.name, now
    naming.reason = reason


def _log(action: str, word: str, naming: Naming, actor: Actor, now: datetime) -> None:
    log.record(
        actor=actor,
        action=f"naming.{action}",
        subject=naming,
        summary=f"{word}：{naming.designation.task} {naming}",
        changes={"starts_on": naming.starts_on, "ends_on": naming.ends_on},
        reason=naming.reason,
        now=now,
    )
