"""What an adjustment may not say: an earlier deadline, a target of nothing, a day before the plan.

Read by the forms, field by field, and by the domain, which refuses the first of them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from huangshi_tasks.lib import text
from progress.judging.loading import deadline_on
from progress.models import AdjustmentKind
from tasks.models import Indicator, IndicatorKind, Task
from units.errors import NotNow

TOO_SOON = "新的完成时限应晚于现行时限{due_on}。"
BEFORE_THE_PLAN = "生效日期不能早于通知成文日期{issued_on}。"
NO_TARGET = "目标值须大于0；不再实施的，请申请中止。"


def mistakes(
    task: Task,
    kind: str,
    *,
    today: date,
    starts_on: date | None = None,
    due_on: date | None = None,
    indicator: Indicator | None = None,
    value: Decimal | None = None,
) -> dict[str, str]:
    """Field → sentence; empty where nothing is wrong. What is None is not looked at."""
    found = {}
    if starts_on is not None and starts_on < task.plan.issued_on:
        found["starts_on"] = BEFORE_THE_PLAN.format(issued_on=text.day(task.plan.issued_on))
    if kind == AdjustmentKind.EXTENSION and due_on is not None:
        present = deadline_on(task, today)
        if due_on <= present:
            found["due_on"] = TOO_SOON.format(due_on=f"{present.year}年{text.day(present)}")
    counts = indicator is not None and indicator.kind == IndicatorKind.CUMULATIVE
    if kind == AdjustmentKind.TARGET and counts and value is not None and value <= 0:
        found["value"] = NO_TARGET
    return found


def refuse_mistakes(
    task: Task, kind: str, *, today: date, starts_on: date, detail: dict[str, object]
) -> None:
    """Raise `NotNow` with the first mistake; `detail` as `effects` reads it. What cannot be read at
    all is refused there.
    """
    wanted = detail.get("indicator")
    indicators = Indicator.objects.filter(task=task, pk=wanted if isinstance(wanted, int) else 0)
    found = mistakes(
        task,
        kind,
        today=today,
        starts_on=starts_on,
        due_on=_date(detail.get("due_on")),
        indicator=indicators.first(),
        value=_decimal(detail.get("value")),
    )
    for sentence in found.values():
        raise NotNow(sentence)


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _decimal(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return None
    return number if number.is_finite() else None
