"""The figures of an edition as plain data, as `Standing.figures` keeps them.

They name every item and every fact that a number counts, so that the rows behind a number are as
frozen as the number. What a reader may not see of them is left out where they are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypedDict

from huangshi_tasks.lib.text import plain
from progress.periods.filed import ItemName
from reports.standings.points import Counted, Placed, Weights, placed
from reports.standings.weights import read, weights_of, written
from reports.stats.facts import KINDS, Fact, facts_of, finalized_until, leads_of
from reports.stats.filing_lines import filing_lines
from tasks.models import Plan, Task
from units.models import Unit
from units.renaming.names import called


class Item(TypedDict):
    """One item by its name of that day."""

    task: int
    code: str
    title: str


class FactLine(Item):
    """One fact: `note` says why it counts, `points` what it costs."""

    kind: str
    period: str
    note: str
    points: str


class UnitLine(TypedDict):
    """`score` is empty and `rank` None of who is not ranked; `reason` says why."""

    unit: int
    name: str
    group: str
    items: list[Item]
    facts: list[FactLine]
    points: str
    score: str
    rank: int | None
    reason: str


class Figures(TypedDict):
    """`periods` are the 定稿 that count; units in the order of the directory."""

    weights: dict[str, str]
    periods: list[str]
    units: list[UnitLine]


def figures_of(plan: Plan, day: date, now: datetime) -> Figures:
    """What the facts of the 定稿 up to `day` say now. About fourteen queries."""
    weights = weights_of(plan, day)
    facts: dict[int, list[Fact]] = {}
    for fact in facts_of(plan, day, filing_lines(plan, now)):
        facts.setdefault(fact.unit.pk, []).append(fact)
    items: dict[int, list[Task]] = {}
    for held in leads_of(plan, day):
        items.setdefault(held.unit_id, []).append(held.task)
    units = list(Unit.objects.filter(pk__in={*facts, *items}).order_by("ordinal", "pk"))
    for unit in units:
        unit.name = called(unit, day)  # an edition prints the names of its day
    places = placed([_counted(unit, items, facts) for unit in units], weights)
    return {
        "weights": written(weights),
        "periods": [period.label for period in finalized_until(plan, day)],
        "units": [
            _line(unit, items.get(unit.pk, []), facts.get(unit.pk, []), places[unit.pk], weights)
            for unit in units
        ],
    }


def _counted(unit: Unit, items: dict[int, list[Task]], facts: dict[int, list[Fact]]) -> Counted:
    counts = Counter(fact.kind for fact in facts.get(unit.pk, []))
    return Counted(unit.pk, unit.rank_group, len(items.get(unit.pk, [])), counts)


def _line(
    unit: Unit, items: Sequence[Task], facts: Iterable[Fact], place: Placed, weights: Weights
) -> UnitLine:
    return {
        "unit": unit.pk,
        "name": unit.name,
        "group": unit.rank_group,
        "items": [_item(task) for task in sorted(items, key=lambda t: (t.kind, t.number))],
        "facts": [
            {
                **_item(fact.task),
                "kind": fact.kind,
                "period": fact.period,
                "note": fact.note,
                "points": plain(weights[fact.kind]),
            }
            for fact in facts
        ],
        "points": plain(place.points),
        "score": "" if place.score is None else format(place.score, "f"),
        "rank": place.rank,
        "reason": place.reason,
    }


def _item(task: Task | ItemName) -> Item:
    return {"task": task.pk, "code": task.code, "title": task.short_title}


def counts_of(line: UnitLine) -> dict[str, int]:
    """Kind → how many of its facts; the number and its rows cannot differ."""
    counted = Counter(fact["kind"] for fact in line["facts"])
    return {kind: counted[kind] for kind in KINDS}


def weights_in(figures: Figures) -> Weights:
    """By which the edition was reckoned."""
    return read(figures["weights"])
