"""A straight line to the target, for those who plan by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tasks.action_plans.content import Content
from tasks.action_plans.outline import Outline
from tasks.sub_items.rules import is_listable

WHOLE, CENT = Decimal(1), Decimal("0.01")


def straight(
    target: Decimal, days: Sequence[date], months_before: int = 0, *, is_counted: bool = False
) -> dict[date, Decimal]:
    """Cumulative values by months passed: whole numbers where the target is one of 24 and more, or
    of things counted one by one.

    `months_before`: those that were over when the number was given out.
    """
    is_whole = target == target.to_integral_value() and (is_counted or target >= 24)
    quantum = WHOLE if is_whole else CENT
    line: dict[date, Decimal] = {}
    for day in days:
        months = max(day.month - months_before, 0)
        part = (target * months / (12 - months_before)).quantize(quantum, ROUND_HALF_UP)
        line[day] = min(part, target)
    return line


def filled(outline: Outline, content: Content) -> Content:
    """The empty rows of the city's cumulative numbers, planned in a straight line."""
    for indicator in outline.counted:
        target = indicator.target_on(outline.day)
        if target is not None and not content.course(indicator.pk, None):
            line = straight(
                target.value,
                outline.dates,
                indicator.months_before,
                is_counted=is_listable(indicator),
            )
            content = content.with_values(indicator.pk, None, line)
    return content
