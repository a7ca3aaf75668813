"""Every number of 总览 by name: what it says, and the filters of the ledger that list its rows.

`manage.py explain` prints them; a test compares tile, list and Excel.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from reports.ledger.facets import ASKING, SHORT, WORST, LedgerIndex
from reports.ledger.rows import LedgerRow
from reports.stats.areas import by_area
from reports.stats.lights import Tally, tally
from reports.stats.moves import moves
from reports.stats.trend import Month
from tasks.models import TaskKind
from units.city.words import said

Choice = dict[str, str]


@dataclass(frozen=True)
class Tile:
    """`choice`: filter → value, as in the address of the ledger; `count` as the page prints it."""

    name: str
    title: str
    count: int
    choice: Choice

    @property
    def query(self) -> str:
        return urlencode(self.choice)

    @property
    def day(self) -> str:
        """The 定稿 of which it speaks, where that is not the one of the page."""
        return self.choice.get("period", "")


def tiles_of(rows: Sequence[LedgerRow], months: Sequence[Month] = ()) -> list[Tile]:
    """The tiles of these rows and of the trend over `months`. Names are stable: ``total``,
    ``behind``, ``area-3-late``, ``trend-2022-06-30-late``.
    """
    return [
        Tile("total", "全部事项", len(rows), {}),
        *_lights("", "", {}, tally(rows)),
        Tile(
            "worst", "未达序时进度和未启动", sum(r.light in WORST for r in rows), {"light": "worst"}
        ),
        *(Tile(each.value, each.word, each.count, {"move": each.value}) for each in moves(rows)),
        Tile("short", "按目前进度年底完不成", _short(rows), {"outlook": SHORT}),
        Tile("problems", said("需市政府协调解决的问题"), _asking(rows), {"problem": ASKING}),
        *_projects(rows),
        *_areas(rows),
        *_leaders(rows),
        *_months(months),
    ]


def rows_behind(tile: Tile, rows: Sequence[LedgerRow]) -> list[LedgerRow]:
    """The rows that the tile counts, as numbered; `rows` are those of its `day`, if it has one."""
    found = LedgerIndex(rows).matching(tile.choice)
    return [row for row in rows if row.task.pk in found]


def _lights(prefix: str, title: str, choice: Choice, counted: Tally) -> Iterable[Tile]:
    parts = {part.light: part for part in (*counted.sentence, *counted.every)}
    for light, part in parts.items():
        yield Tile(
            f"{prefix}{light}", f"{title}{part.word}", part.count, {**choice, "light": light}
        )


def _worst(rows: Sequence[LedgerRow]) -> int:
    return sum(row.light in WORST for row in rows)


def _short(rows: Sequence[LedgerRow]) -> int:
    return sum(row.is_short for row in rows)


def _asking(rows: Sequence[LedgerRow]) -> int:
    """Items; one may have a problem of each unit on it."""
    return sum(row.has_problem for row in rows)


def _months(months: Sequence[Month]) -> Iterable[Tile]:
    for month in months:
        day = month.day.isoformat()
        for part in month.parts:
            choice = {"period": day, "light": part.light}
            title = f"{day}定稿{part.word}"
            yield Tile(f"trend-{day}-{part.light}", title, part.count, choice)


def _projects(rows: Sequence[LedgerRow]) -> Iterable[Tile]:
    own = [row for row in rows if row.task.is_project]
    kind = {"kind": str(TaskKind.PRACTICAL_PROJECT)}
    yield Tile("projects", "十件实事", len(own), kind)
    yield from _lights("projects-", "十件实事", kind, tally(own))


def _areas(rows: Sequence[LedgerRow]) -> Iterable[Tile]:
    for line in by_area(rows).lines:
        choice = {"area": str(line.area.ordinal)}
        name = f"area-{line.area.ordinal}"
        yield Tile(name, line.title, line.tally.total, choice)
        yield from _lights(f"{name}-", line.title, choice, line.tally)


def _leaders(rows: Sequence[LedgerRow]) -> Iterable[Tile]:
    facet = LedgerIndex(rows).facet("leader", "", {})
    for option in facet.options:
        name = f"leader-{option.value}"
        yield Tile(name, option.label, option.count, {"leader": option.value})
