"""The rows of an item that count for its percent: each cumulative number is one, all steps together
are one. Pure.

Source: design.md section 4, "Percent": equal unless the 办理方案 sets weights, from the first
period on that was opened after rows were counted so (`TaskFacts.counts_steps`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from progress.lights.facts import TaskFacts
from progress.lights.measures import (
    BY_MILESTONES,
    BY_PLAN,
    BY_PLAN_AND_STEPS,
    BY_TIME,
    PARTLY_BY_TIME,
    ZERO,
    Expected,
    actual_part,
    expected_part,
    rounded,
    steps_done,
    steps_due,
)

STEPS = "节点"  # what the row of all steps is called


@dataclass(frozen=True)
class Row:
    """One row of an item: done and expected as parts of 100, not rounded."""

    name: str
    done: Decimal
    expected: Decimal
    basis: str
    weight: Decimal

    @property
    def percent(self) -> Decimal:
        """What is done, as it is printed."""
        return rounded(self.done)


def rows_of(facts: TaskFacts) -> list[Row]:
    """The numbers in their order, then the steps; empty where nothing can be counted."""
    day, steps = facts.data_as_of, list(facts.milestones)
    rows = [
        Row(
            fact.name,
            actual_part(fact),
            expected_part(fact, day, facts.year),
            BY_TIME if fact.planned is None else BY_PLAN,
            fact.weight,
        )
        for fact in facts.indicators
        if fact.counts
    ]
    done, due = steps_done(steps, day), steps_due(steps, day)
    if done is not None and due is not None:
        rows.append(Row(STEPS, done, due, BY_MILESTONES, facts.steps_weight))
    return rows


def percent_of_rows(rows: Sequence[Row]) -> Decimal:
    """Their mean by weight."""
    return _mean(rows, [row.done for row in rows])


def expected_of_rows(rows: Sequence[Row]) -> Expected:
    """Their mean by weight, and what it rests on."""
    bases = {row.basis for row in rows}
    if len(bases) == 1:
        basis = rows[0].basis
    else:
        basis = PARTLY_BY_TIME if BY_TIME in bases else BY_PLAN_AND_STEPS
    return Expected(_mean(rows, [row.expected for row in rows]), basis)


def lowest_of(rows: Sequence[Row]) -> Row | None:
    """The row that is furthest from its target, where one hides behind the mean of several."""
    lowest = min(rows, key=lambda row: row.done, default=None)
    if lowest is None or lowest.done == max(row.done for row in rows):
        return None
    return lowest


def _mean(rows: Sequence[Row], parts: Sequence[Decimal]) -> Decimal:
    weighed = sum((row.weight * part for row, part in zip(rows, parts, strict=True)), ZERO)
    return rounded(weighed / sum((row.weight for row in rows), ZERO))
