"""Adjustments: asked for, then registered with the decision that was taken elsewhere.

Source: design.md section 4, "Decisions". What each kind moves is in `progress.adjustments.effects`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from huangshi_tasks.lib import text
from progress.adjustments.checks import refuse_mistakes
from progress.adjustments.effects import put_in_force, restored_on, take_back
from progress.adjustments.notices import tell_adjusted, tell_asked
from progress.adjustments.permissions import can_ask_for, can_object
from progress.adjustments.workflow import ADJUSTMENTS
from progress.judging.loading import deadline_on
from progress.models import Adjustment, AdjustmentKind
from tasks.models import Task
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import Approval
from units.permissions import require

ASK_ANSWER = "请写明原因。"
TOO_LATE = "完成时限{due_on}已过，延期须在届满前申请，请联系督查室。"


def request_adjustment(
    *,
    task: Task,
    kind: str,
    reason: str,
    starts_on: date,
    detail: dict[str, Any],
    actor: Actor,
    now: datetime,
    ends_on: date | None = None,
) -> Adjustment:
    """Ask for an adjustment. `detail` by kind: extension `{"due_on": ISO date}`, target
    `{"indicator": id, "value": "300", "upper": null}`, responsibility `{"leaving": id, "unit": id,
    "role": "lead", "becomes_primary": true}`; a suspension has none.

    An extension is asked for before the deadline; after it only the office may register one.
    """
    may = can_object if kind == AdjustmentKind.RESPONSIBILITY else can_ask_for
    require(may(actor, task, now.date()))
    refuse_mistakes(task, kind, today=now.date(), starts_on=starts_on, detail=detail)
    due_on = deadline_on(task, now.date())
    if kind == AdjustmentKind.EXTENSION and due_on < now.date() and not actor.is_office:
        raise NotNow(TOO_LATE.format(due_on=text.day(due_on)))
    with transaction.atomic():
        adjustment = Adjustment.objects.create(
            task=task,
            kind=kind,
            reason=reason,
            starts_on=starts_on,
            ends_on=ends_on,
            detail=detail,
            unit=actor.unit if actor.is_of_a_unit else None,
            requested_by=actor.user,
            requested_by_name=actor.name,
            requested_at=now,
        )
        if not actor.is_office:
            tell_asked(adjustment, now)
        log.record(
            actor=actor,
            action="adjustment.request",
            subject=adjustment,
            summary=f"申请调整：{adjustment}",
            changes={"starts_on": starts_on, "ends_on": ends_on, "detail": detail},
            reason=reason,
            now=now,
        )
    return adjustment


@transaction.atomic
def register_at_once(
    *, approval: Approval, actor: Actor, now: datetime, **asked: Any
) -> Adjustment:
    """What was decided and never asked for here: the request and its registration are one act.
    `asked`: as of `request_adjustment`.
    """
    made = request_adjustment(actor=actor, now=now, **asked)
    return register_adjustment(adjustment=made, approval=approval, actor=actor, now=now)


def register_adjustment(
    *,
    adjustment: Adjustment,
    approval: Approval,
    actor: Actor,
    now: datetime,
    starts_on: date | None = None,
    detail: dict[str, Any] | None = None,
    answer: str = "",
) -> Adjustment:
    """Register the decision and put it in force. `starts_on` and `detail`: what was decided, where
    it differs from what was asked for.
    """
    details: dict[str, Any] = {}

    def stamp(locked: Adjustment) -> Sequence[str]:
        locked.starts_on = starts_on or locked.starts_on
        locked.detail = {**locked.detail, **(detail or {})}
        refuse_mistakes(
            locked.task,
            locked.kind,
            today=now.date(),
            starts_on=locked.starts_on,
            detail=locked.detail,
        )
        approval.save()
        locked.approval = approval
        locked.before = put_in_force(locked, approval)
        details.update(starts_on=locked.starts_on, detail=locked.detail, before=locked.before)
        tell_adjusted(locked, "已批准", answer, now)
        return ("approval", "starts_on", "detail", "before", *_answered(locked, answer, actor, now))

    return ADJUSTMENTS.perform(
        "register",
        adjustment,
        actor=actor,
        now=now,
        stamp=stamp,
        reason=str(approval),
        details=details,
    )


def decline_adjustment(
    *, adjustment: Adjustment, reason: str, actor: Actor, now: datetime
) -> Adjustment:
    """未批准; of an objection: answered, and nothing changes."""
    if not reason.strip():
        raise NotNow(ASK_ANSWER)

    def stamp(locked: Adjustment) -> Sequence[str]:
        tell_adjusted(locked, "未获批准", reason, now)
        return _answered(locked, reason, actor, now)

    return ADJUSTMENTS.perform(
        "decline", adjustment, actor=actor, now=now, stamp=stamp, reason=reason
    )


def revoke_adjustment(
    *, adjustment: Adjustment, reason: str, actor: Actor, now: datetime
) -> Adjustment:
    """撤销 what was registered by mistake; what held before holds again from today on."""
    if not reason.strip():
        raise NotNow(ASK_ANSWER)

    def stamp(locked: Adjustment) -> Sequence[str]:
        take_back(locked, now.date())
        tell_adjusted(locked, revoked_words(locked, now.date()), reason, now)
        return _answered(locked, reason, actor, now)

    return ADJUSTMENTS.perform(
        "revoke", adjustment, actor=actor, now=now, stamp=stamp, reason=reason
    )


def revoked_words(adjustment: Adjustment, today: date) -> str:
    """已撤销，自8月4日起恢复原规定."""
    if adjustment.kind not in (AdjustmentKind.EXTENSION, AdjustmentKind.TARGET):
        return "已撤销"
    return f"已撤销，自{text.day(restored_on(adjustment, today))}起恢复原规定"


def end_suspension(
    *, adjustment: Adjustment, last_day: date, reason: str, actor: Actor, now: datetime
) -> Adjustment:
    """恢复办理: a suspension holds until `last_day`, the item is worked on from the next."""

    def stamp(locked: Adjustment) -> Sequence[str]:
        if locked.kind != AdjustmentKind.SUSPENSION:
            raise NotNow("只有中止的事项可以恢复办理。")
        if last_day < locked.starts_on:
            raise NotNow("中止的最后一天不能早于中止的起始日期。")
        details["ends_on"] = [locked.ends_on, last_day]
        locked.ends_on = last_day
        tell_adjusted(locked, "恢复办理", reason, now)
        return ("ends_on", *_answered(locked, reason, actor, now))

    details: dict[str, Any] = {}
    return ADJUSTMENTS.perform(
        "end", adjustment, actor=actor, now=now, stamp=stamp, reason=reason, details=details
    )


def _answered(
    adjustment: Adjustment, answer: str, actor: Actor, now: datetime
) -> tuple[str, str, str]:
    adjustment.answer = answer.strip()
    adjustment.answered_by_name, adjustment.answered_at = actor.name, now
    return ("answer", "answered_by_name", "answered_at")
