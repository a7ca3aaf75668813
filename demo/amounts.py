"""Arithmetic of the made-up figures. Pure: the same numbers on every load."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)
# What cannot be counted in parts.
COUNTED = frozenset(("个", "家", "所", "条", "座", "户", "张"))


def quantum_of(unit_of_measure: str) -> Decimal:
    """The smallest step in which a number with this unit of measure is counted."""
    return Decimal(1) if unit_of_measure in COUNTED else Decimal("0.01")


def rounded(value: Decimal, quantum: Decimal) -> Decimal:
    return value.quantize(quantum, rounding=ROUND_HALF_UP)


def share_of_target(value: Decimal, target: Decimal) -> Decimal:
    """Percent with one digit."""
    return rounded(value / target * HUNDRED, Decimal("0.1"))


def apportion(total: Decimal, weights: Sequence[Decimal], quantum: Decimal) -> list[Decimal]:
    """Cut `total` by weight into parts that add up to it (largest remainders get the rest).

    A part never exceeds its weight while `total` is at most the sum of the weights.
    """
    whole = sum(weights, Decimal(0))
    if not whole:
        return [Decimal(0) for _ in weights]
    exact = [total * weight / whole for weight in weights]
    parts = [part.quantize(quantum, rounding=ROUND_FLOOR) for part in exact]
    left = int((total - sum(parts, Decimal(0))) / quantum)
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for place in by_remainder[:left]:
        parts[place] += quantum
    return parts


def cumulative_parts(
    totals: Sequence[Decimal], shares: Sequence[Decimal], quantum: Decimal
) -> list[list[Decimal]]:
    """Parts of each cumulative total: every step goes where most is left, so that none falls."""
    parts = [Decimal(0) for _ in shares]
    before, rows = Decimal(0), []
    for total in totals:
        room = [share - part for share, part in zip(shares, parts, strict=True)]
        step = apportion(total - before, room, quantum)
        parts = [part + more for part, more in zip(parts, step, strict=True)]
        rows.append(parts)
        before = total
    return rows
