"""The ladders that hold for a plan on a day: rules of the plan, or else the defaults.

A rule `ladder.filing` is a list of `{"offset": -2 or null, "tells": ["reporter"]}`; an empty list
switches the ladder off.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from progress.reminding.ladder import DEFAULTS, Ladder, Rung
from tasks.models import Plan, PlanRule

PREFIX = "ladder."


def ladders_of(plan: Plan, day: date) -> dict[str, Ladder]:
    """Kind → its rungs. One query."""
    rules = PlanRule.objects.on(day).filter(plan=plan, key__startswith=PREFIX)
    own = {rule.key.removeprefix(PREFIX): _read(rule.value) for rule in rules}
    return DEFAULTS | {kind: ladder for kind, ladder in own.items() if kind in DEFAULTS}


def _read(value: Any) -> Ladder:
    return tuple(Rung(step["offset"], tuple(step["tells"])) for step in value)


def written(ladder: Ladder) -> list[dict[str, Any]]:
    """As the rule stores it."""
    return [{"offset": rung.offset, "tells": list(rung.tells)} for rung in ladder]
