"""What a registered adjustment moves, and how it is taken back: deadline, target, who answers.

Rows are closed the day before and followed by new ones, so that every earlier period keeps what it
was judged by (design.md section 4, Decisions).
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from progress.models import Adjustment, AdjustmentKind
from tasks.holders.succession import Move, move_responsibility
from tasks.models import IndicatorTarget, Responsibility, TaskDeadline
from units.errors import NotNow
from units.models import Approval, Unit
from units.models.dated import Dated

ONE_DAY = timedelta(days=1)
BY_HAND = "责任调整不能自动恢复，请另行登记一次责任调整，写明恢复后的单位。"
OVERTAKEN = "此后又有新的调整，不能撤销，请另行登记调整。"


def put_in_force(adjustment: Adjustment, approval: Approval) -> dict[str, Any]:
    """Write what the adjustment changes; returns what held before, for the record.

    Raises `NotNow` when `detail` does not say clearly what is to be changed.
    """
    if adjustment.kind == AdjustmentKind.EXTENSION:
        return _move_deadline(adjustment, approval)
    if adjustment.kind == AdjustmentKind.TARGET:
        return _move_target(adjustment, approval)
    if adjustment.kind == AdjustmentKind.RESPONSIBILITY:
        return _move_responsibility(adjustment)
    return {}


def restored_on(adjustment: Adjustment, today: date) -> date:
    """From when what held before holds again: today, or the day after the adjustment came into
    force, which keeps at least that one day.
    """
    return max(today, adjustment.starts_on + ONE_DAY)


def take_back(adjustment: Adjustment, today: date) -> None:
    """What held before holds again from `restored_on`."""
    day = restored_on(adjustment, today)
    if adjustment.kind == AdjustmentKind.EXTENSION:
        _restore_deadline(adjustment, day)
    elif adjustment.kind == AdjustmentKind.TARGET:
        _restore_target(adjustment, day)
    elif adjustment.kind == AdjustmentKind.RESPONSIBILITY and adjustment.before:
        raise NotNow(BY_HAND)


def _move_deadline(adjustment: Adjustment, approval: Approval) -> dict[str, Any]:
    due_on = _date(adjustment.detail.get("due_on"))
    held = TaskDeadline.objects.open_ended().filter(task=adjustment.task).first()
    before = date(adjustment.task.plan.year, 12, 31) if held is None else held.due_on
    if held is not None:
        _close_before(held, adjustment.starts_on)
    TaskDeadline.objects.create(
        task=adjustment.task, due_on=due_on, starts_on=adjustment.starts_on, approval=approval
    )
    return {"due_on": before.isoformat()}


def _restore_deadline(adjustment: Adjustment, day: date) -> None:
    held = TaskDeadline.objects.open_ended().filter(task=adjustment.task).first()
    if held is None or held.approval_id != adjustment.approval_id:
        raise NotNow(OVERTAKEN)
    _close_before(held, day)
    due_on = _date(adjustment.before.get("due_on"))
    TaskDeadline.objects.create(task=adjustment.task, due_on=due_on, starts_on=day)


def _move_target(adjustment: Adjustment, approval: Approval) -> dict[str, Any]:
    detail = adjustment.detail
    held = _open_target(adjustment)
    _close_before(held, adjustment.starts_on)
    IndicatorTarget.objects.create(
        indicator=held.indicator,
        value=_decimal(detail.get("value")),
        upper=_decimal(detail["upper"]) if detail.get("upper") else None,
        starts_on=adjustment.starts_on,
        approval=approval,
    )
    upper = None if held.upper is None else str(held.upper)
    return {"indicator": held.indicator.pk, "value": str(held.value), "upper": upper}


def _restore_target(adjustment: Adjustment, day: date) -> None:
    held = _open_target(adjustment)
    if held.approval_id != adjustment.approval_id:
        raise NotNow(OVERTAKEN)
    _close_before(held, day)
    before = adjustment.before
    IndicatorTarget.objects.create(
        indicator=held.indicator,
        value=_decimal(before.get("value")),
        upper=_decimal(before["upper"]) if before.get("upper") else None,
        starts_on=day,
    )


def _open_target(adjustment: Adjustment) -> IndicatorTarget:
    held: IndicatorTarget | None = (
        IndicatorTarget.objects.open_ended()
        .filter(indicator=adjustment.detail.get("indicator"), indicator__task=adjustment.task)
        .first()
    )
    if held is None:
        raise NotNow("调整内容中的指标不属于此事项。")
    return held


def _move_responsibility(adjustment: Adjustment) -> dict[str, Any]:
    """Nothing moves where an objection was answered without a change."""
    detail = adjustment.detail
    if not detail.get("leaving") and not detail.get("unit"):
        return {}
    before = _answering(adjustment)
    move = Move(
        leaving=_unit(detail.get("leaving")),
        unit=_unit(detail.get("unit")),
        role=str(detail.get("role") or ""),
        becomes_primary=bool(detail.get("becomes_primary")),
    )
    move_responsibility(adjustment.task, move, adjustment.starts_on)
    return {"held": before, "then": _answering(adjustment)}


def _answering(adjustment: Adjustment) -> list[list[Any]]:
    """Who answers on its first day: name, role, 汇总牵头; names stay what they were."""
    held = Responsibility.objects.on(adjustment.starts_on).filter(task=adjustment.task)
    return [[row.unit.name, row.role, row.is_primary] for row in held.select_related("unit")]


def _unit(pk: object) -> Unit | None:
    return Unit.objects.filter(pk=pk).first() if isinstance(pk, int) else None


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
