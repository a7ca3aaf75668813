"""办结销号: a claim, its check, and the approval that closes an item (design.md section 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from huangshi_tasks.lib.text import number
from progress.adjustments.permissions import can_ask_for
from progress.closing.notices import tell_claimed, tell_closure
from progress.closing.workflow import CLOSURES
from progress.models import Closure, ClosureFigure, Outcome
from tasks.models import Comparator, Indicator, Task
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import Approval
from units.permissions import require

Figures = Mapping[int, Decimal | None]
AT_LEAST = (Comparator.GE, Comparator.EQ)
SHORT = "{name}{value}，低于目标值，结果不能为“完成”。"


def claim_completion(
    *,
    task: Task,
    statement: str,
    actor: Actor,
    now: datetime,
    figures: Figures | None = None,
) -> Closure:
    """申请办结. Made in time it stops the clock of the item until it is decided.

    `figures`: indicator id → what was reached; an item may have several numbers.
    """
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
        _keep_figures(closure, figures or {}, now.date())
        if not actor.is_office:
            tell_claimed(closure, now)
        log.record(
            actor=actor,
            action="closure.claim",
            subject=closure,
            summary=f"申请办结：{task}",
            changes={"figures": _told(figures or {})},
            reason=statement,
            now=now,
        )
    return closure


def _keep_figures(closure: Closure, figures: Figures, day: date) -> None:
    for indicator in Indicator.objects.filter(task=closure.task, pk__in=figures):
        target = indicator.target_on(day)
        ClosureFigure.objects.create(
            closure=closure,
            indicator=indicator,
            target=target.value if target is not None else None,
            claimed=figures[indicator.pk],
        )


def _told(figures: Figures) -> list[list[object]]:
    """As the log keeps them."""
    return [[pk, value] for pk, value in figures.items()]


def check_claim(
    *,
    closure: Closure,
    check_kind: str,
    note: str,
    actor: Actor,
    now: datetime,
    verified: Figures | None = None,
) -> Closure:
    """核查, from the papers (`papers`) or on site (`on_site`). `verified`: by indicator id."""

    def stamp(locked: Closure) -> Sequence[str]:
        for figure in locked.figures.filter(indicator__in=verified or {}):
            figure.verified = (verified or {})[figure.indicator_id]
            figure.save(update_fields=["verified"])
        locked.check_kind, locked.check_note = check_kind, note
        locked.checked_at, locked.checked_by_name = now, actor.name
        return ("check_kind", "check_note", "checked_at", "checked_by_name")

    return CLOSURES.perform(
        "check",
        closure,
        actor=actor,
        now=now,
        stamp=stamp,
        reason=note,
        details={"figures": _told(verified or {})},
    )


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
        if outcome == Outcome.DONE:
            _require_reached(locked)
        approval.save()
        locked.approval, locked.outcome, locked.closed_on = approval, outcome, closed_on
        tell_closure(locked, "已办结销号", "", now)
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


def _require_reached(closure: Closure) -> None:
    """完成 is said only where every promised number was reached, by the check where it has one."""
    for figure in closure.figures.select_related("indicator"):
        reached = figure.claimed if figure.verified is None else figure.verified
        is_short = reached is not None and figure.target is not None and reached < figure.target
        if is_short and figure.indicator.comparator in AT_LEAST:
            raise NotNow(SHORT.format(name=figure.indicator, value=number(reached or 0)))


def decline_claim(*, closure: Closure, reason: str, actor: Actor, now: datetime) -> Closure:
    """不予办结: the clock of the item runs on."""
    if not reason.strip():
        raise NotNow("请填写不予办结的原因。")

    def stamp(locked: Closure) -> Sequence[str]:
        locked.check_note = reason
        tell_closure(locked, "不予办结", reason, now)
        return ("check_note",)

    return CLOSURES.perform("decline", closure, actor=actor, now=now, stamp=stamp, reason=reason)


def reopen_task(*, closure: Closure, reason: str, actor: Actor, now: datetime) -> Closure:
    """重新办理 a closed item, with a reason; what was frozen stays."""
    if not reason.strip():
        raise NotNow("请填写重新办理的原因。")

    def stamp(locked: Closure) -> Sequence[str]:
        locked.reopened_reason = reason
        tell_closure(locked, "重新办理", reason, now)
        return ("reopened_reason",)

    return CLOSURES.perform("reopen", closure, actor=actor, now=now, stamp=stamp, reason=reason)
