"""办结销号: a claim, its check, and the approval that closes an item (design.md section 4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from progress.models import Closure, Outcome
from progress.permissions import can_ask_for
from progress.tables import CLOSURES
from tasks.models import Task
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import Approval
from units.permissions import require


def claim_completion(*, task: Task, statement: str, actor: Actor, now: datetime) -> Closure:
    """申请办结. Made in time it stops the clock of the item until it is decided."""
    require(can_ask_for(actor, task, now.date()))
    with transaction.atomic():
        Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
        if Closure.objects.filter(task=task, state__in=["claimed", "checked", "closed"]).exists():
            raise NotNow(f"{task.code}已有办结申请。")
        closure = Closure.objects.create(
            task=task,
            claimed_on=now.date(),
            claimed_at=now,
            claimed_by=actor.user,
            claimed_by_name=actor.name,
            statement=statement,
        )
        log.record(
            actor=actor,
            action="closure.claim",
            subject=closure,
            summary=f"申请办结：{task}",
            now=now,
        )
    return closure


def check_claim(
    *, closure: Closure, check_kind: str, note: str, actor: Actor, now: datetime
) -> Closure:
    """核查, from the papers (`papers`) or on site (`on_site`)."""

    def stamp(locked: Closure) -> Sequence[str]:
        locked.check_kind, locked.check_note = check_kind, note
        locked.checked_at, locked.checked_by_name = now, actor.name
        return ("check_kind", "check_note", "checked_at", "checked_by_name")

    return CLOSURES.perform("check", closure, actor=actor, now=now, stamp=stamp, reason=note)


def close_task(
    *,
    closure: Closure,
    approval: Approval,
    outcome: str,
    closed_on: date,
    actor: Actor,
    now: datetime,
) -> Closure:
    """办结销号 by approval, with the outcome of the year. Counts from `closed_on` on."""
    if outcome not in Outcome.values:
        raise NotNow("请选择办结结果。")

    def stamp(locked: Closure) -> Sequence[str]:
        if closed_on < locked.claimed_on:
            raise NotNow("销号日期不能早于申请日期。")
        approval.save()
        locked.approval, locked.outcome, locked.closed_on = approval, outcome, closed_on
        return ("approval", "outcome", "closed_on")

    return CLOSURES.perform(
        "close",
        closure,
        actor=actor,
        now=now,
        stamp=stamp,
        reason=str(approval),
        details={"outcome": outcome, "closed_on": closed_on},
    )


def decline_claim(*, closure: Closure, reason: str, actor: Actor, now: datetime) -> Closure:
    """不予办结: the clock of the item runs on."""
    if not reason.strip():
        raise NotNow("请填写不予办结的原因。")

    def stamp(locked: Closure) -> Sequence[str]:
        locked.check_note = reason
        return ("check_note",)

    return CLOSURES.perform("decline", closure, actor=actor, now=now, stamp=stamp, reason=reason)


def reopen_task(*, closure: Closure, reason: str, actor: Actor, now: datetime) -> Closure:
    """重新办理 a closed item, with a reason; what was frozen stays."""
    if not reason.strip():
        raise NotNow("请填写重新办理的原因。")

    def stamp(locked: Closure) -> Sequence[str]:
        locked.reopened_reason = reason
        return ("reopened_reason",)

    return CLOSURES.perform("reopen", closure, actor=actor, now=now, stamp=stamp, reason=reason)
