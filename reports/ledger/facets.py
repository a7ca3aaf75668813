"""What each filter of the ledger offers, and how many rows every choice would leave.

One index answers both questions, "which rows" and "how many", so that a count equals the rows
after the click.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from huangshi_tasks.lib.numerals import chinese
from huangshi_tasks.lib.text import full_width
from progress.board.shown import UnitName
from progress.states import Light
from reports.ledger.moves import MOVES
from reports.ledger.rows import LedgerRow
from reports.ledger.searching import found
from tasks.models import ResponsibilityRole, TaskKind
from units.city.words import said
from units.face.marks import LIGHTS, STATES

Choices = list[tuple[str, str]]

# The words of the 通报: 已完成 is counted apart from 达到序时进度 (design.md section 4, Percent).
LIGHT_GROUPS = {
    "reached": ("达到序时进度", frozenset({Light.AHEAD, Light.ON_PACE})),
    "behind": ("未达序时进度", frozenset({Light.SLOW, Light.LATE})),
}
WORST = LIGHT_GROUPS["behind"][1] | {Light.NOT_STARTED}  # as 总览 lists them
# An address may ask for it; no choice of its own among those that are offered.
NOT_OFFERED: dict[str, Choices] = {"light": [("worst", "未达序时进度和未启动")]}
FILING_STATES = ("none", "draft", "signing", "reviewing", "returned", "accepted", "overdue")
SEARCH, ONLY = "q", "only"
SHORT, NOW, ASKING = "short", "1", "1"  # of 年底推算; of 数据; of 需协调
NO_LEADER = "none"  # of 分管市领导: in nobody's portfolio
COUPLED = ("unit", "role")  # 单位 and 责任类别 are asked of one and the same responsibility


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    is_chosen: bool
    number: str = ""  # the name of its count

    @property
    def is_light(self) -> bool:
        """Whether the option is one light, which has a shape; groups of lights have none."""
        return self.value in LIGHTS


@dataclass(frozen=True)
class Facet:
    """One filter: `all_count` is what remains when its choice is taken back."""

    name: str
    label: str
    options: tuple[Option, ...]
    all_count: int

    @property
    def all_word(self) -> str:
        """What the choice of none is called."""
        return "不限" if self.name == "role" else "全部"

    @property
    def is_chosen(self) -> bool:
        return any(option.is_chosen for option in self.options)

    @property
    def shown(self) -> list[Option]:
        """The options that lead somewhere, and the one chosen."""
        return [option for option in self.options if option.count or option.is_chosen]


class LedgerIndex:
    """Rows by every value they can be filtered by. Ids are those of tasks.

    Without a chosen unit, 责任类别 is asked of `own_unit`, that of a unit's people; for the others
    of any unit.
    """

    def __init__(
        self,
        rows: Sequence[LedgerRow],
        *,
        own_unit: int | None = None,
        aliases: Mapping[int, Sequence[str]] | None = None,
    ) -> None:
        self.rows = rows
        self.every = frozenset(row.task.pk for row in rows)
        self.own_unit = str(own_unit or "")
        self.aliases = aliases or {}
        self.searches: dict[str, set[int]] = {}
        self.known: dict[str, Choices] = {}

    @cached_property
    def hits(self) -> dict[tuple[str, str], set[int]]:
        """Filter and value → rows."""
        hits: dict[tuple[str, str], set[int]] = defaultdict(set)
        for row in self.rows:
            for name, value in _values_of(row):
                hits[name, value].add(row.task.pk)
        return hits

    @cached_property
    def held(self) -> dict[tuple[str, str], set[int]]:
        """Unit and 责任类别 → rows; either may be empty, for any."""
        held: dict[tuple[str, str], set[int]] = defaultdict(set)
        for row in self.rows:
            pk = row.task.pk
            for holder in row.holders:  # a thousand in all
                unit = str(holder.unit.pk)
                held[unit, holder.role].add(pk)
                held[unit, ""].add(pk)
            for role in {holder.role for holder in row.holders}:
                held["", role].add(pk)
        return held

    def matching(self, chosen: Mapping[str, str]) -> frozenset[int]:
        """The tasks that fit every choice; `chosen` holds filter name → value, "" for any."""
        sets = [
            self.hits[name, value]
            for name, value in chosen.items()
            if value and name not in (*COUPLED, SEARCH, ONLY)
        ]
        unit, role = (chosen.get(name, "") for name in COUPLED)
        if unit or role:
            sets.append(self.held[unit or self.own_unit, role])
        if chosen.get(SEARCH):
            sets.append(self._search(chosen[SEARCH]))
        if chosen.get(ONLY):
            sets.append(chosen_ids(chosen[ONLY]))
        return self.every.intersection(*sets)

    def facet(self, name: str, label: str, chosen: Mapping[str, str]) -> Facet:
        """The filter `name` with the count of every option, given the other choices."""

        def count(value: str) -> int:
            return len(self.matching({**chosen, name: value}))

        options = tuple(
            Option(value, words, count(value), chosen.get(name) == value, _number_of(name, value))
            for value, words in self.choices(name)
        )
        return Facet(name, label, options, count(""))

    def of_units(self, units: Sequence[UnitName]) -> list[tuple[UnitName, int]]:
        """Each unit with its number of rows, as the filter 单位 would list them."""
        return [(unit, len(self.matching({"unit": str(unit.pk)}))) for unit in units]

    def choices(self, name: str) -> Choices:
        """What `name` can be set to: only what occurs in rows that the actor may see."""
        if name not in self.known:
            self.known[name] = _CHOICES[name](self.rows)
        return self.known[name]

    def _search(self, words: str) -> set[int]:
        if words not in self.searches:
            hits = {row.task.pk for row in self.rows if found(row, words, self.aliases)}
            self.searches[words] = hits
        return self.searches[words]


def chosen_ids(given: str) -> set[int]:
    """Of rows that somebody chose one by one: ids with commas; what is none is passed over."""
    return {int(each) for each in given.split(",") if each.isascii() and each.isdecimal()}


def _number_of(name: str, value: str) -> str:
    """What the count of an option is called, as in `reports.stats.tiles`."""
    return f"filing-{value}" if name == "filing" else _NUMBERS.get(name, value)


def _values_of(row: LedgerRow) -> list[tuple[str, str]]:
    task = row.task
    values = [("kind", task.kind), ("light", row.light), ("visibility", task.visibility)]
    values += [("light", key) for key, (_, lights) in LIGHT_GROUPS.items() if row.light in lights]
    if row.light in WORST:
        values.append(("light", "worst"))
    values += [("leader", str(post.pk)) for post in row.posts] or [("leader", NO_LEADER)]
    if task.area is not None:
        values.append(("area", str(task.area.ordinal)))
    if task.theme is not None:
        values.append(("theme", str(task.theme.pk)))
    if row.move:
        values.append(("move", row.move))
    if row.short:  # rows that were not asked offer no such filter
        values.append(("outlook", SHORT))
    if row.asking:
        values.append(("problem", ASKING))
    values += row.asked
    if row.filing is not None and row.filing.state:
        values.append(("filing", row.filing.state))
    return values


def _areas(rows: Sequence[LedgerRow]) -> Choices:
    areas = {row.task.area.ordinal: row.task.area.title for row in rows if row.task.area}
    return [(str(n), f"{chinese(n)}、{full_width(areas[n])}") for n in sorted(areas)]


def _themes(rows: Sequence[LedgerRow]) -> Choices:
    themes = {row.task.theme.pk: row.task.theme for row in rows if row.task.theme}
    ordered = sorted(themes.values(), key=lambda each: (each.area_id, each.ordinal))
    return [(str(theme.pk), full_width(theme.title)) for theme in ordered]


def _units(rows: Sequence[LedgerRow]) -> Choices:
    units = {held.unit_id: held.unit for row in rows for held in row.holders}
    ordered = sorted(units.values(), key=lambda unit: (unit.ordinal, unit.pk))
    return [(str(unit.pk), full_width(unit.name)) for unit in ordered]


def _leaders(rows: Sequence[LedgerRow]) -> Choices:
    posts = {post.pk: post for row in rows for post in row.posts}
    ordered = sorted(posts.values(), key=lambda post: (post.ordinal, post.pk))
    rest = [(NO_LEADER, "未明确分管")] if posts and not all(row.posts for row in rows) else []
    return [*((str(post.pk), post.title) for post in ordered), *rest]


_NUMBERS = {"problem": "problems", "live": "total", "period": "total"}
_CHOICES = {
    "kind": lambda rows: [(str(value), str(label)) for value, label in TaskKind.choices],
    "role": lambda rows: [(str(value), str(label)) for value, label in ResponsibilityRole.choices],
    "light": lambda rows: [
        *((key, words) for key, (words, _) in LIGHT_GROUPS.items()),
        *((key, mark.label) for key, mark in LIGHTS.items()),
    ],
    "move": lambda rows: list(MOVES.items()),
    "outlook": lambda rows: [(SHORT, "按目前进度年底完不成")],
    "problem": lambda rows: [(ASKING, said("需市政府协调解决"))],
    "live": lambda rows: [(NOW, "当前情况（未定稿）")],
    "period": lambda rows: [
        (day, f"{day[:4]}年{int(day[5:7])}月")
        for day in sorted({value for row in rows for name, value in row.asked if name == "period"})
    ],
    "filing": lambda rows: [(state, STATES[state].label) for state in FILING_STATES],
    "area": _areas,
    "theme": _themes,
    "unit": _units,
    "leader": _leaders,
}
