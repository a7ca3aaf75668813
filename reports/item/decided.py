"""调整与办结 of an item: what was decided, from what to what, since when, by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from huangshi_tasks.lib import text
from progress.judging.loading import deadline_on
from progress.models import (
    Adjustment,
    AdjustmentKind,
    Closure,
    ClosureState,
    DecisionState,
)
from tasks.models import Indicator, IndicatorTarget, ResponsibilityRole, Task
from units.actors import Actor
from units.models import Approval

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Decided:
    """One decision, or a request for one."""

    kind: str
    state: str
    what: str
    reason: str
    approval: Approval | None


def decisions_of(
    task: Task, adjustments: Iterable[Adjustment], closures: Iterable[Closure], actor: Actor
) -> list[Decided]:
    """Those that the actor may know: whoever only reads sees what was approved.

    `task` comes from `progress.loading.load_tasks`, the decisions with their approvals.
    """
    found = [
        Decided(
            each.get_kind_display(),
            each.get_state_display(),
            _what(task, each),
            each.reason,
            each.approval,
        )
        for each in adjustments
        if not actor.is_reader or each.state == DecisionState.REGISTERED
    ]
    return found + [
        Decided("办结销号", each.get_state_display(), _outcome(each), each.statement, each.approval)
        for each in closures
        if not actor.is_reader or each.state == ClosureState.CLOSED
    ]


def _what(task: Task, adjustment: Adjustment) -> str:
    since = f"自{text.long_day(adjustment.starts_on)}起"
    if adjustment.ends_on is not None:
        since += f"至{text.long_day(adjustment.ends_on)}止"
    try:
        change = _change(task, adjustment)
    except (KeyError, TypeError, ValueError, ArithmeticError):
        change = ""  # a request may be incomplete; what is registered was checked
    return f"{change}，{since}" if change else since


def _change(task: Task, adjustment: Adjustment) -> str:
    before = adjustment.starts_on - ONE_DAY
    if adjustment.kind == AdjustmentKind.EXTENSION:
        new = date.fromisoformat(str(adjustment.detail["due_on"]))
        return f"完成时限由{text.long_day(deadline_on(task, before))}改为{text.long_day(new)}"
    if adjustment.kind == AdjustmentKind.TARGET:
        indicators: dict[int, Indicator] = {each.pk: each for each in task.indicators.all()}
        return _target(indicators[adjustment.detail["indicator"]], adjustment, before)
    if adjustment.kind == AdjustmentKind.RESPONSIBILITY and "then" in adjustment.before:
        was, now = (_leads(adjustment.before[name]) for name in ("held", "then"))
        return f"牵头单位由{was}改为{now}" if was != now else "配合单位调整"
    return ""


def _leads(rows: list[list[Any]]) -> str:
    """市住建局（汇总牵头）、市城管委: as they were called when it was registered."""
    leading = [row for row in rows if row[1] != ResponsibilityRole.SUPPORT]
    return "、".join(f"{name}（汇总牵头）" if first else name for name, _, first in leading)


def _target(indicator: Indicator, adjustment: Adjustment, before: date) -> str:
    held = indicator.target_on(before)
    wanted = IndicatorTarget(
        value=adjustment.detail["value"], upper=adjustment.detail.get("upper") or None
    )
    unit = indicator.unit_of_measure
    name = text.full_width(indicator.name)
    was = f"由{_value(held)}{unit}" if held is not None else ""
    return f"{name}{was}改为{_value(wanted)}{unit}"


def _value(target: IndicatorTarget) -> str:
    end = f"—{text.number(target.upper)}" if target.upper is not None else ""
    return f"{text.number(target.value)}{end}"


def _outcome(closure: Closure) -> str:
    if closure.closed_on is None:
        return f"{text.long_day(closure.claimed_on)}申请办结"
    return f"{text.long_day(closure.closed_on)}销号，{closure.get_outcome_display()}"
