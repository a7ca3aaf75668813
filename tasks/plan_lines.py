"""A straight line to the target, for those who plan by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tasks.plan_content import Content
from tasks.plan_outline import Outline

WHOLE, CENT = Decimal(1), Decimal("0.01")


def straight(target: Decimal, days: Sequence[date]) -> dict[date, Decimal]:
    """Cumulative values by months passed: whole numbers where the target is one of 24 and more."""
    is_whole = target == target.to_integral_value() and target >= 24
    quantum = WHOLE if is_whole else CENT
    return {
        day: min((target * day.month / 12).quantize(quantum, ROUND_HALF_UP), target) for day in days
    }


def filled(outline: Outline, content: Content) -> Content:
    """The empty rows of the city's cumulative numbers, planned in a straight line."""
    for indicator in outline.counted:
        target = indicator.target_on(outline.day)
        if target is not None and not content.course(indicator.pk, None):
            line = straight(target.value, outline.dates)
            content = content.with_values(indicator.pk, None, line)
    return content
