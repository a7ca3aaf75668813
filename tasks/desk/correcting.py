"""What was read, with what a person put right in it. Pure: a reading and changes in, items out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from huangshi_tasks.lib.fold import fold
from tasks.desk import changes as said
from tasks.desk.changes import Change
from tasks.desk.stored import ROLES, follows_parts, from_row, part_of, placed, with_parts
from tasks.reader.decisions import NAME
from tasks.reader.directory import Directory
from tasks.reader.parsed import (
    PRACTICAL_PROJECT,
    ParsedArea,
    ParsedDesignation,
    ParsedIndicator,
    ParsedItem,
    ParsedSubItem,
)
from tasks.reader.passages import Span
from tasks.reader.promised.defaults import cycle_for, short_title_for, tracking_for
from tasks.reader.promised.promises import find_in_parts, find_promises
from tasks.reader.reading import Reading

# What may be corrected of an item, as the desk names it; roles and leaders are lists of names,
# `deadline` is an ISO day or "", `indicators` rows of `as_row`, `sub_items` of `as_part`.
FIELDS = (
    "text", "number", "kind", "area", "theme", *ROLES, "deadline", "deadline_text", "leaders",
    "tracking", "cycle", "short_title", "indicators", "sub_items",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DeskItem:
    """One item as it stands on the desk.

    `key` is made of its own words, so that the same sentence has the same key in another source;
    halves of a split item have that of the whole with /2, /3. `at` is its place in
    `Reading.items`, `places` where its text stands.
    """

    key: str
    item: ParsedItem
    places: tuple[Span, ...]
    at: int
    changed: frozenset[str] = frozenset()
    aside: str = ""
    carried: frozenset[str] = frozenset()  # fields that are as the year before had them

    @property
    def settled(self) -> frozenset[str]:
        """Fields that do not follow from the words any more."""
        return self.changed | self.carried

    @property
    def stamp(self) -> str:
        """Changes whenever the item does: who saves says which one was on the page."""
        return _digest(repr((self.item, self.aside)))

    @property
    def has_owner(self) -> bool:
        """Whether a unit or collective designation that is known answers for it."""
        named = self.item.designations
        return any(each.role != "support" and each.target != "unknown" for each in named)


@dataclass(slots=True)
class Corrected:
    """The items in order. `lost` are corrections whose item is not in this source."""

    items: list[DeskItem]
    areas: list[ParsedArea]
    dropped: list[tuple[DeskItem, str]] = field(default_factory=list)
    lost: list[Change] = field(default_factory=list)


def correct(
    reading: Reading,
    changes: Iterable[Change],
    directory: Directory,
    carried: Mapping[str, Mapping[str, Any]] | None = None,
) -> Corrected:
    """Carry out the corrections in the order in which they were made. Never raises: what finds
    nothing to correct is `lost`.

    `carried`: key of an item → fields that it has from the year before, until somebody says
    otherwise; an item that is not in this source has none.
    """
    changes = list(changes)
    names = {each.key: each.value for each in changes if each.about == NAME}
    work = _Correcting(reading, directory, names)
    work.carry(carried or {})
    for each in changes:
        if each.about not in (*said.READING, said.ALIAS):
            work.carry_out(each)
    return work.done()


class Worded(Protocol):
    """What an item is known by in every source."""

    @property
    def kind(self) -> str: ...

    @property
    def text(self) -> str: ...


def keys_of(items: Sequence[Worded]) -> list[str]:
    """A key for each; equal sentences are told apart by their order."""
    seen: Counter[str] = Counter()
    keys = []
    for item in items:
        words = _digest(f"{item.kind} {fold(item.text)}")
        seen[words] += 1
        keys.append(words if seen[words] == 1 else f"{words}-{seen[words]}")
    return keys


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:12]


class _Correcting:
    def __init__(
        self, reading: Reading, directory: Directory, names: Mapping[str, str] | None = None
    ) -> None:
        self.directory, self.names = directory, names or {}
        self.titles = {area.ordinal: area.title for area in reading.areas}
        self.areas = list(reading.areas)
        keys = keys_of(reading.items)
        self.items = [
            DeskItem(key, item, places, at)
            for at, (key, item, places) in enumerate(
                zip(keys, reading.items, reading.places, strict=True)
            )
        ]
        self.dropped: list[tuple[DeskItem, str]] = []
        self.lost: list[Change] = []
        self.is_running = False

    def carry(self, carried: Mapping[str, Mapping[str, Any]]) -> None:
        for at, each in enumerate(self.items):
            for name, value in carried.get(each.key, {}).items():
                item = self._with(self.items[at], name, value)
                fields = self.items[at].carried | {name}
                self.items[at] = replace(self.items[at], item=item, carried=fields)

    def carry_out(self, change: Change) -> None:
        if change.about == said.TITLE:
            self._rename(change)
        elif change.about == said.NUMBERING:
            self.is_running = change.value == "running"
        else:
            key = change.key.partition(":")[0]
            at = self._place(key)
            if at is None:
                self.lost.append(change)
                return
            _BY_ABOUT[change.about](self, at, change)

    def done(self) -> Corrected:
        items = list(self.items)
        if self.is_running:
            items = _counted_through(items)
        return Corrected(items, self.areas, self.dropped, self.lost)

    def _place(self, key: str) -> int | None:
        return next((at for at, each in enumerate(self.items) if each.key == key), None)

    def _new_key(self, each: DeskItem) -> str:
        """Of another item out of the same words; one in the middle may be gone."""
        stem = each.key.partition("/")[0]
        keys = {one.key for one in self.items}
        number = 1 + sum(key.partition("/")[0] == stem for key in keys)
        while f"{stem}/{number}" in keys:
            number += 1
        return f"{stem}/{number}"

    # the acts

    def _field(self, at: int, change: Change) -> None:
        name = change.key.partition(":")[2]
        each = self.items[at]
        item = self._with(each, name, change.value)
        self.items[at] = replace(each, item=item, changed=each.changed | {name})

    def _split(self, at: int, change: Change) -> None:
        each = self.items[at]
        cut = change.value
        first, second = each.item.text[:cut].strip(), each.item.text[cut:].strip()
        if not first or not second:
            self.lost.append(change)
            return
        highest = max(one.item.number for one in self.items if one.item.kind == each.item.kind)
        rest = replace(each.item, number=highest + 1, printed_number="")
        own = [part for part in each.item.sub_items if part.text and part.text in first]
        behind = [part for part in each.item.sub_items if part not in own]
        whole, rest = with_parts(each.item, own), with_parts(rest, behind)
        halves = [
            replace(each, item=self._reworded(each, whole, first)),
            replace(each, key=self._new_key(each), item=self._reworded(each, rest, second)),
        ]
        changed = each.changed | {"text"}
        self.items[at : at + 1] = [replace(one, changed=changed) for one in halves]

    def _merge(self, at: int, change: Change) -> None:
        other = self._place(change.value)
        if other is None or other == at:
            self.lost.append(change)
            return
        each, rest = self.items[at], self.items[other]
        parts = each.item.sub_items + rest.item.sub_items
        whole = replace(each.item, sub_items=parts)
        item = self._reworded(each, whole, each.item.text + rest.item.text)
        item = replace(item, designations=_joined(each.item, rest.item), sub_items=parts)
        self.items[at] = replace(
            each, item=item, places=each.places + rest.places, changed=each.changed | {"text"}
        )
        del self.items[other]

    def _apart(self, at: int, change: Change) -> None:
        each, place = self.items[at], change.value
        parts = each.item.sub_items
        if not 0 <= place < len(parts):
            self.lost.append(change)
            return
        part, rest = parts[place], (*parts[:place], *parts[place + 1 :])
        item = replace(
            each.item,
            number=max(one.item.number for one in self.items if one.item.kind == each.item.kind)
            + 1,
            printed_number=part.number,
            designations=part.designations or each.item.designations,
            deadline_text=part.deadline_text or each.item.deadline_text,
            deadline=part.deadline if part.deadline_text else each.item.deadline,
            leaders=part.leaders or each.item.leaders,
            sub_items=(),
        )
        alone = replace(each, key=self._new_key(each), changed=frozenset({"text"}), aside="")
        whole = with_parts(each.item, rest)
        left = whole.text.replace(part.text, "", 1).strip()  # rows of a table stand in both
        if part.text in whole.text and left:
            whole = self._reworded(each, whole, left)
        whole = self._reparted(each, whole)
        if "indicators" in each.changed:  # those of the part go with it
            moved = [one for one in whole.indicators if _is_only_in(part.text, whole.text, one)]
            kept = tuple(one for one in whole.indicators if one not in moved)
            whole = replace(whole, indicators=kept)
            if moved:
                item = replace(item, indicators=tuple(moved))
                alone = replace(alone, changed=alone.changed | {"indicators"})
        self.items[at : at + 1] = [
            replace(each, item=whole, changed=each.changed | {"sub_items"}),
            replace(alone, item=self._reworded(alone, item, part.text)),
        ]

    def _become_part(self, at: int, change: Change) -> None:
        other = self._place(change.value)
        if other is None or other == at:
            self.lost.append(change)
            return
        whole, each = self.items[other], self.items[at]
        parts = (*whole.item.sub_items, part_of(each.item), *each.item.sub_items)
        item, changed = with_parts(whole.item, parts), whole.changed | {"sub_items"}
        if not follows_parts(whole.item):
            item = replace(item, designations=_joined(whole.item, each.item))
        if each.item.indicators:  # their words stand in the part
            found = (placed(one, item.text) for one in each.item.indicators)
            item = replace(item, indicators=(*item.indicators, *found))
            changed |= {"indicators"}
        self.items[other] = replace(
            whole, item=item, places=whole.places + each.places, changed=changed
        )
        del self.items[at]

    def _drop(self, at: int, change: Change) -> None:
        self.dropped.append((self.items.pop(at), change.value))

    def _targets(self, at: int, change: Change) -> None:
        each = self.items[at]
        self.items[at] = replace(each, changed=each.changed | {"indicators"})

    def _aside(self, at: int, change: Change) -> None:
        self.items[at] = replace(self.items[at], aside=change.value)

    def _rename(self, change: Change) -> None:
        ordinal, _, theme = change.key.partition(":")
        for at, area in enumerate(self.areas):
            if str(area.ordinal) != ordinal:
                continue
            if not theme:
                self.areas[at] = replace(area, title=change.value)
                return
            if theme in area.themes:
                themes = tuple(change.value if one == theme else one for one in area.themes)
                self.areas[at] = replace(area, themes=themes)
                self.items = [
                    _in_theme(one, area.ordinal, theme, change.value) for one in self.items
                ]
                return
        if theme or not ordinal.isdigit():
            self.lost.append(change)
        else:
            self.areas.append(ParsedArea(int(ordinal), change.value, ()))

    # fields

    def _with(self, each: DeskItem, name: str, value: Any) -> ParsedItem:
        item = each.item
        if name == "text":
            return self._reworded(each, item, value)
        if name in ROLES:
            return self._named(item, name, value)
        if name == "deadline":
            return replace(item, deadline=date.fromisoformat(value) if value else None)
        if name == "leaders":
            return replace(item, leaders=tuple(value))
        if name == "indicators":
            return replace(item, indicators=tuple(from_row(row) for row in value))
        if name == "sub_items":
            return self._reparted(each, with_parts(item, [self._part(item, r) for r in value]))
        if name == "kind" and value != item.kind:
            item = self._of_kind(item, value)
        elif name == "theme" and value:
            self._add_theme(item.area, value)
        return replace(item, **{name: value})

    def _reworded(self, each: DeskItem, item: ParsedItem, text: str) -> ParsedItem:
        """What follows from the words follows again, unless a person said it."""
        reporting = next((one.name for one in item.designations if one.role != "support"), "")
        if "indicators" in each.changed:
            found = tuple(placed(one, text) for one in item.indicators)
        else:
            found = find_promises(text, reporting=reporting)
            found += find_in_parts(item.sub_items, text, reporting=reporting)
        title = self.titles.get(item.area or 0, "")
        tracking = item.tracking
        if "tracking" not in each.settled:
            tracking = tracking_for(text, promises=len(found), area_title=title)
        cycle = item.cycle
        if "cycle" not in each.settled:
            cycle = cycle_for(tracking, is_project=item.kind == PRACTICAL_PROJECT)
        short = item.short_title if "short_title" in each.settled else short_title_for(text)
        return replace(
            item, text=text, indicators=found, tracking=tracking, cycle=cycle, short_title=short
        )

    def _reparted(self, each: DeskItem, item: ParsedItem) -> ParsedItem:
        """Numbers of its parts follow them, unless a person said which there are."""
        if "indicators" in each.changed:
            return item
        reporting = next((one.name for one in item.designations if one.role != "support"), "")
        own = tuple(one for one in item.indicators if one.end)
        found = find_in_parts(item.sub_items, item.text, reporting=reporting)
        return replace(item, indicators=own + found)

    def _named(self, item: ParsedItem, role: str, names: Sequence[str]) -> ParsedItem:
        kept = [one for one in item.designations if one.role != role]
        made = self._designated(item.designations, role, names)
        in_order = sorted([*kept, *made], key=lambda one: (ROLES.index(one.role), one.order))
        return replace(item, designations=tuple(in_order))

    def _designated(
        self, before: Iterable[ParsedDesignation], role: str, names: Sequence[str]
    ) -> list[ParsedDesignation]:
        """Names of one role; those that were printed otherwise keep that."""
        printed = {one.name: one.printed_name for one in before}
        made = []
        meant = [(name, self.names.get(name, name)) for name in names]
        for order, (name, decided) in enumerate([each for each in meant if each[1]], start=1):
            canonical, target = self.directory.resolve(decided)
            shown = printed.get(name, printed.get(canonical, name))
            made.append(ParsedDesignation(role, order, shown, canonical, target))
        return made

    def _part(self, item: ParsedItem, row: Mapping[str, Any]) -> ParsedSubItem:
        before = [one for part in item.sub_items for one in part.designations]
        named = (one for role in ROLES for one in self._designated(before, role, row[role]))
        return ParsedSubItem(
            row["number"],
            row["text"],
            tuple(named),
            row["deadline_text"],
            date.fromisoformat(row["deadline"]) if row["deadline"] else None,
            tuple(row["leaders"]),
        )

    def _of_kind(self, item: ParsedItem, kind: str) -> ParsedItem:
        """Of a project all that lead are responsible, of a task the first responsible leads."""
        roles = dict.fromkeys(("lead", "responsible"), "responsible")
        if kind != PRACTICAL_PROJECT:
            roles = dict.fromkeys(("lead", "responsible"), "lead")
        taken = {one.item.number for one in self.items if one.item.kind == kind}
        number = item.number if item.number not in taken else max(taken) + 1
        parts = tuple(
            replace(part, designations=_in_roles(part.designations, roles))
            for part in item.sub_items
        )
        named = _in_roles(item.designations, roles)
        return replace(item, designations=named, sub_items=parts, number=number)

    def _add_theme(self, ordinal: int | None, theme: str) -> None:
        for at, area in enumerate(self.areas):
            if area.ordinal == ordinal and theme not in area.themes:
                self.areas[at] = replace(area, themes=(*area.themes, theme))


_BY_ABOUT = {
    said.FIELD: _Correcting._field,
    said.SPLIT: _Correcting._split,
    said.MERGE: _Correcting._merge,
    said.APART: _Correcting._apart,
    said.PART: _Correcting._become_part,
    said.DROP: _Correcting._drop,
    said.ASIDE: _Correcting._aside,
    said.TARGETS: _Correcting._targets,
}


def _in_roles(
    designations: Iterable[ParsedDesignation], roles: Mapping[str, str]
) -> tuple[ParsedDesignation, ...]:
    """With other roles, counted anew in each."""
    counts: Counter[str] = Counter()
    made = []
    for one in designations:
        role = roles.get(one.role, one.role)
        counts[role] += 1
        made.append(replace(one, role=role, order=counts[role]))
    return tuple(made)


def _in_theme(each: DeskItem, area: int, theme: str, title: str) -> DeskItem:
    if (each.item.area, each.item.theme) != (area, theme):
        return each
    return replace(each, item=replace(each.item, theme=title))


def _joined(first: ParsedItem, second: ParsedItem) -> tuple[ParsedDesignation, ...]:
    """The units of both, each once a role."""
    made: list[ParsedDesignation] = []
    for role in ROLES:
        names: dict[str, ParsedDesignation] = {}
        for one in (*first.designations, *second.designations):
            if one.role == role:
                names.setdefault(one.name, one)
        made.extend(replace(one, order=at) for at, one in enumerate(names.values(), start=1))
    return tuple(made)


def _is_only_in(part: str, whole: str, indicator: ParsedIndicator) -> bool:
    """Whether its words stand in the part, and not in the item."""
    words = indicator.source_text
    return bool(words) and words in part and words not in whole


def _counted_through(items: Sequence[DeskItem]) -> list[DeskItem]:
    """Numbers from 1 in the order of the notice, by kind; the printed ones stay beside them."""
    counts: Counter[str] = Counter()
    counted = []
    for each in items:
        if "number" not in each.changed:
            counts[each.item.kind] += 1
            each = replace(each, item=replace(each.item, number=counts[each.item.kind]))
        counted.append(each)
    return counted
