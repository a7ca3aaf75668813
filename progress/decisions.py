"""Adjustments: asked for, then registered with the decision that was taken elsewhere.

Source: design.md section 4, "Decisions". What is decided holds from its day on; rows are closed
the day before and followed by a new one, so that the past keeps what it was judged by.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from progress.models import Adjustment, AdjustmentKind
from progress.permissions import can_ask_for, can_object
from progress.tables import ADJUSTMENTS
from tasks.models import IndicatorTarget, Task, TaskDeadline
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import Approval, Post
from units.models.dated import Dated
from units.permissions import require

ONE_DAY = timedelta(days=1)


def new_approval(
    *,
    decided_by: str,
    decided_on: date,
    authority: str,
    actor: Actor,
    now: datetime,
    post: Post | None = None,
) -> Approval:
    """An approval ready to be saved together with what it approves."""
    return Approval(
        post=post,
        decided_by=decided_by,
        decided_on=decided_on,
        authority=authority,
        registered_by=actor.user,
        registered_by_name=actor.name,
        registered_at=now,
    )


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
    `{"indicator": id, "value": "300", "upper": null}`, others free.
    """
    may = can_object if kind == AdjustmentKind.RESPONSIBILITY else can_ask_for
    require(may(actor, task, now.date()))
    with transaction.atomic():
        adjustment = Adjustment.objects.create(
            task=task,
            kind=kind,
            reason=reason,
            starts_on=starts_on,
            ends_on=ends_on,
            detail=detail,
            requested_by=actor.user,
            requested_by_name=actor.name,
            requested_at=now,
        )
        log.record(
            actor=actor,
            action="adjustment.request",
            subject=adjustment,
            summary=f"申请调整：{adjustment}",
            changes={"starts_on": starts_on, "detail": detail},
            reason=reason,
            now=now,
        )
    return adjustment


def register_adjustment(
    *, adjustment: Adjustment, approval: Approval, actor: Actor, now: datetime
) -> Adjustment:
    """Register the decision and put it in force from `starts_on`."""

    def stamp(locked: Adjustment) -> Sequence[str]:
        approval.save()
        locked.approval = approval
        if locked.kind == AdjustmentKind.EXTENSION:
            _move_deadline(locked, approval)
        elif locked.kind == AdjustmentKind.TARGET:
            _move_target(locked, approval)
        return ("approval",)

    return ADJUSTMENTS.perform(
        "register",
        adjustment,
        actor=actor,
        now=now,
        stamp=stamp,
        reason=str(approval),
        details={"detail": adjustment.detail},
    )


def decline_adjustment(
    *, adjustment: Adjustment, reason: str, actor: Actor, now: datetime
) -> Adjustment:
    """未批准."""
    return ADJUSTMENTS.perform("decline", adjustment, actor=actor, now=now, reason=reason)


def revoke_adjustment(
    *, adjustment: Adjustment, reason: str, actor: Actor, now: datetime
) -> Adjustment:
    """撤销 what was registered by mistake. What it moved is moved back by another one."""
    return ADJUSTMENTS.perform("revoke", adjustment, actor=actor, now=now, reason=reason)


def _move_deadline(adjustment: Adjustment, approval: Approval) -> None:
    due_on = _date(adjustment.detail.get("due_on"))
    for held in TaskDeadline.objects.filter(task=adjustment.task, ends_on__isnull=True):
        _close_before(held, adjustment.starts_on)
    TaskDeadline.objects.create(
        task=adjustment.task, due_on=due_on, starts_on=adjustment.starts_on, approval=approval
    )


def _move_target(adjustment: Adjustment, approval: Approval) -> None:
    detail = adjustment.detail
    held = IndicatorTarget.objects.filter(
        indicator=detail.get("indicator"), indicator__task=adjustment.task, ends_on__isnull=True
    ).first()
    if held is None:
        raise NotNow("调整内容中的指标不属于此事项。")
    _close_before(held, adjustment.starts_on)
    IndicatorTarget.objects.create(
        indicator=held.indicator,
        value=_decimal(detail.get("value")),
        upper=_decimal(detail["upper"]) if detail.get("upper") else None,
        starts_on=adjustment.starts_on,
        approval=approval,
    )


def _close_before(row: Dated, day: date) -> None:
    """End a dated row on the day before `day`."""
    if row.starts_on >= day:
        raise NotNow(f"生效日期须晚于现行规定的起始日期{row.starts_on:%Y-%m-%d}。")
    row.ends_on = day - ONE_DAY
    row.save(update_fields=["ends_on"])


def _date(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise NotNow("延期须写明新的完成时限。") from None


def _decimal(value: object) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise NotNow("目标调整须写明新的目标值。")
    return number
