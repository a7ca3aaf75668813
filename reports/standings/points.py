"""The arithmetic of 单位推进情况: points, score and rank. Pure; the rules are design.md section 4.

Every fact costs its weight in points; the score is 100 less the points per item led, so that who
leads many items is not worse off for it. Ranks are given inside one `rank_group` only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reports.stats.facts import BEHIND, CORRECTED, LATE, RETURNED, UNANSWERED

LEAST_ITEMS = 3  # who leads fewer is not ranked
FULL, NOTHING, CENT = Decimal(100), Decimal(0), Decimal("0.01")
Weights = Mapping[str, Decimal]
# A proposal: what counts most is the work, then punctuality; who corrects itself loses least.
DEFAULTS: Weights = {
    BEHIND: Decimal(20),
    LATE: Decimal(10),
    RETURNED: Decimal(5),
    CORRECTED: Decimal(2),
    UNANSWERED: Decimal(5),
}
NO_ITEMS = "没有牵头（责任）事项"
TOO_FEW = f"牵头（责任）事项不足{LEAST_ITEMS}项"
NO_GROUP = "党群机关和中央、省属等单位不参加排名"


@dataclass(frozen=True)
class Counted:
    """What is known of one unit: its group (empty: never ranked), items led, facts by kind."""

    unit: int
    group: str
    items: int
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Placed:
    """`score` and `rank` are None of who is not ranked; `reason` says why."""

    unit: int
    points: Decimal
    score: Decimal | None
    rank: int | None
    reason: str = ""


def points_of(counts: Mapping[str, int], weights: Weights) -> Decimal:
    return sum((weights[kind] * count for kind, count in counts.items()), NOTHING)


def score_of(points: Decimal, items: int) -> Decimal:
    """Of 100, to two decimals, never below 0."""
    left = FULL - points / items
    return max(left, NOTHING).quantize(CENT, ROUND_HALF_UP)


def why_not_ranked(unit: Counted) -> str:
    if not unit.group:
        return NO_GROUP
    if not unit.items:
        return NO_ITEMS
    return TOO_FEW if unit.items < LEAST_ITEMS else ""


def placed(units: Sequence[Counted], weights: Weights) -> dict[int, Placed]:
    """Unit → its place. Who has the same printed score has the same rank, the next one is left out
    (1, 2, 2, 4).
    """
    points = {each.unit: points_of(each.counts, weights) for each in units}
    ranked = [each for each in units if not why_not_ranked(each)]
    scores = {each.unit: score_of(points[each.unit], each.items) for each in ranked}
    by_group: dict[str, list[Decimal]] = {}
    for each in ranked:
        by_group.setdefault(each.group, []).append(scores[each.unit])
    found = {}
    for each in units:
        score = scores.get(each.unit)
        better = sum(other > score for other in by_group[each.group]) if score is not None else 0
        rank = better + 1 if score is not None else None
        found[each.unit] = Placed(each.unit, points[each.unit], score, rank, why_not_ranked(each))
    return found
