"""What was decided or claimed about items, as far as a judgement depends on it, and the plan's own
thresholds; one query (`Adjustment`, `Closure`, `PlanRule`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import IntegerField, JSONField, QuerySet, Value
from django.db.models.functions import Cast

from progress.models import Adjustment, AdjustmentKind, Closure, ClosureState, DecisionState
from tasks.models import PlanRule
from units.asking.prepared import Many, prepared
from units.models.dated import holds
from units.stamps.shown import FINALIZED

THRESHOLDS_RULE = "thresholds"  # {"ahead": "10", "on_pace": "-5", "slow": "-15"}
STANDING_CLAIMS = frozenset({ClosureState.CLAIMED, ClosureState.CHECKED, ClosureState.CLOSED})
ADJUSTMENT, CLOSURE, RULE = range(3)


class Row(NamedTuple):
    """Of an `Adjustment` its kind, of a `Closure` its outcome; a rule has a plan for an item. Of a
    closure the days are those of the claim and of the closing.
    """

    of: int
    asked_at: datetime | None
    state: str
    kind: str
    starts_on: date
    ends_on: date | None
    value: Any

    def holds_on(self, day: date) -> bool:
        """As of `Dated`."""
        return holds(self.starts_on, self.ends_on, day)


@dataclass
class Decided:
    """By item; closures in the order in which they were claimed."""

    adjustments: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    closures: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    rules: list[Row] = field(default_factory=list)

    def is_suspended(self, task: int, day: date) -> bool:
        """Whether the item is suspended on `day`."""
        return any(
            each.kind == AdjustmentKind.SUSPENSION
            and each.state == DecisionState.REGISTERED
            and each.holds_on(day)
            for each in self.adjustments.get(task, ())
        )

    def claimed_on(self, task: int, day: date) -> date | None:
        """Since when it is claimed to be done, if by `day`."""
        claims = [each for each in self.closures.get(task, ()) if each.state in STANDING_CLAIMS]
        return min((each.starts_on for each in claims if each.starts_on <= day), default=None)

    def outcome(self, task: int, day: date) -> str:
        """With what it was closed, if by `day`."""
        for each in self.closures.get(task, ()):
            if each.state == ClosureState.CLOSED and each.ends_on and each.ends_on <= day:
                return each.kind
        return ""

    def thresholds(self, plan: int, day: date) -> dict[str, Any]:
        """Those of the plan in force on `day`; empty where it has none."""
        held = (each.value for each in self.rules if each.of == plan and each.holds_on(day))
        return next(held, {})


def decided_about(tasks: Iterable[int]) -> Decided:
    """Everything decided about the items (ids)."""
    found = Decided()
    rows = [(kind, Row(*columns)) for kind, *columns in _decided(tasks=tasks)]
    for kind, row in sorted(rows, key=_when):
        if kind == RULE:
            found.rules.append(row)
        else:
            (found.adjustments if kind == ADJUSTMENT else found.closures)[row.of].append(row)
    return found


def _when(row: tuple[int, Row]) -> Any:
    return row[0], row[1].asked_at.timestamp() if row[1].asked_at is not None else 0


@prepared(FINALIZED, tasks=Many(IntegerField()))
def _decided(tasks: Any) -> QuerySet[Any, tuple[Any, ...]]:
    nothing = Cast(Value(None), JSONField())
    adjustments = Adjustment.objects.filter(task__in=tasks).order_by()
    closures = Closure.objects.filter(task__in=tasks).order_by()
    rules = PlanRule.objects.filter(key=THRESHOLDS_RULE).order_by()
    no_time, no_word = Value(None, IntegerField()), Value("")
    # the first of a union says what the columns are
    return adjustments.values_list(
        *(Value(ADJUSTMENT), "task_id", "requested_at", "state", "kind", "starts_on", "ends_on"),
        nothing,
    ).union(
        closures.values_list(
            *(
                Value(CLOSURE),
                "task_id",
                "claimed_at",
                "state",
                "outcome",
                "claimed_on",
                "closed_on",
            ),
            nothing,
        ),
        rules.values_list(
            *(Value(RULE), "plan_id", no_time, no_word, no_word, "starts_on", "ends_on"), "value"
        ),
        all=True,
    )
