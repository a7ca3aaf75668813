"""What the pages and the workbook of 单位推进情况 show of an edition, to whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from reports.models import Standing, StandingState
from reports.standings.acts import IN_USE
from reports.standings.figures import Figures, Item, UnitLine, counts_of, weights_in
from reports.standings.points import Weights
from reports.standings.weights import weights_of
from reports.standings.workflow import STANDINGS
from reports.stats.facts import KINDS, RETURNED
from tasks.models import Plan, Task
from units.actors import Actor

HIDDEN = "限定知悉事项"
BACK = "督查室退回"


@dataclass(frozen=True)
class Row:
    """One unit in the table; `counts` in the order of `KINDS`, `opens`: its rows may be read."""

    line: UnitLine
    counts: list[tuple[str, int]]
    opens: bool


@dataclass(frozen=True)
class Group:
    """Units compared with each other, the best first."""

    name: str
    rows: list[Row]


@dataclass(frozen=True)
class Shown:
    """One item or fact as this reader may see it; `url` empty where it may not be opened."""

    code: str
    title: str
    url: str
    period: str = ""
    note: str = ""


@dataclass(frozen=True)
class FactRows:
    """One kind with its rows and what they cost together."""

    kind: str
    word: str
    weight: Decimal
    rows: list[Shown]

    @property
    def points(self) -> Decimal:
        return self.weight * len(self.rows)


def editions_of(plan: Plan, actor: Actor) -> list[Standing]:
    """For the office the drafts and what was revoked too; the newest data first."""
    found = Standing.objects.visible_to(actor).filter(plan=plan)
    return list(found.exclude(state=StandingState.DROPPED).select_related("plan", "approval"))


def edition_for(plan: Plan, actor: Actor, day: date | None = None) -> Standing | None:
    """The edition of `day`, or the newest, that this person may see and that is in use."""
    found = Standing.objects.visible_to(actor).filter(plan=plan, state__in=IN_USE)
    if day is not None:
        found = found.filter(data_as_of=day)
    return found.select_related("approval").first()


def newest_day(plan: Plan, actor: Actor) -> date | None:
    edition = edition_for(plan, actor)
    return None if edition is None else edition.data_as_of


def may_open(actor: Actor, unit: int) -> bool:
    """Whose rows are read: a unit's people those of their own unit."""
    return not actor.is_of_a_unit or actor.unit_id == unit


def rows_of(figures: Figures, actor: Actor) -> list[Row]:
    """Every unit: by group in the order of the directory, by rank; then who is not ranked."""
    lines = figures["units"]
    groups = list(dict.fromkeys(line["group"] for line in lines))

    def place(line: UnitLine) -> tuple[bool, int, int]:
        rank = line["rank"]
        return (rank is None, 0 if rank is None else groups.index(line["group"]), rank or 0)

    return [
        Row(line, list(counts_of(line).items()), may_open(actor, line["unit"]))
        for line in sorted(lines, key=place)
    ]


def table_page(standing: Standing, actor: Actor) -> dict[str, Any]:
    """The edition as the page prints it, and what this person may do with it."""
    figures: Figures = standing.figures
    rows = rows_of(figures, actor)
    ranked = [row for row in rows if row.line["rank"] is not None]
    groups = list(dict.fromkeys(row.line["group"] for row in ranked))
    return {
        "plan": standing.plan,
        "standing": standing,
        "groups": [Group(name, [r for r in ranked if r.line["group"] == name]) for name in groups],
        "unranked": [row for row in rows if row.line["rank"] is None],
        "ranked_count": len(ranked),
        "periods": figures["periods"],
        "weights": weight_words(weights_in(figures)),
        "own": next((row for row in rows if row.line["unit"] == actor.unit_id), None),
        "may": {each.name: each for each in STANDINGS.available(standing, actor)},
    }


def weight_words(weights: Weights) -> list[tuple[str, str, Decimal]]:
    """Kind, its name, its points."""
    return [(kind, word, weights[kind]) for kind, word in KINDS.items()]


def present_weights(plan: Plan, day: date) -> list[tuple[str, str, Decimal]]:
    return weight_words(weights_of(plan, day))


def line_of(standing: Standing, unit: int) -> UnitLine | None:
    figures: Figures = standing.figures
    return next((line for line in figures["units"] if line["unit"] == unit), None)


def shown_items(plan: Plan, line: UnitLine, actor: Actor) -> list[Shown]:
    """The items that it led, as many as the number says."""
    seen = tasks_seen(plan, [line], actor)
    return [_shown(item, seen) for item in line["items"]]


def shown_facts(plan: Plan, lines: Sequence[UnitLine], actor: Actor) -> list[list[FactRows]]:
    """Per unit its facts by kind, as many as the numbers say."""
    seen = tasks_seen(plan, lines, actor)
    return [_by_kind(line, seen, actor) for line in lines]


def _by_kind(line: UnitLine, seen: dict[int, Task], actor: Actor) -> list[FactRows]:
    found = []
    for kind, word in KINDS.items():
        own = [fact for fact in line["facts"] if fact["kind"] == kind]
        weight = Decimal(own[0]["points"]) if own else Decimal(0)
        rows = []
        for fact in own:
            is_seen = fact["task"] in seen
            note = BACK if kind == RETURNED and actor.is_reader else fact["note"]
            shown = _shown(fact, seen, period=fact["period"], note=note if is_seen else "")
            rows.append(shown)
        found.append(FactRows(kind, word, weight, rows))
    return found


def tasks_seen(plan: Plan, lines: Iterable[UnitLine], actor: Actor) -> dict[int, Task]:
    """The items among them that this person may see. One query."""
    named = {item["task"] for line in lines for item in [*line["items"], *line["facts"]]}
    found = Task.objects.visible_to(actor).filter(plan=plan, pk__in=named).defer("text")
    tasks = {task.pk: task for task in found}
    for task in tasks.values():
        task.plan = plan
    return tasks


def _shown(item: Item, seen: dict[int, Task], **fields: Any) -> Shown:
    task = seen.get(item["task"])
    if task is None:
        return Shown("", HIDDEN, "", **fields)
    return Shown(item["code"], item["title"], task.get_absolute_url(), **fields)
