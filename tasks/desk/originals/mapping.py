"""The page of a notice's tables: what was chosen for each column, and what that would yield."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tasks.desk.changes import Change
from tasks.desk.content import Content
from tasks.desk.originals.columns import KIND, PARTS, WORDS, Column, Shape, shapes_of
from tasks.reader.decisions import CONVENTION
from tasks.reader.layout.columns import UNUSED
from tasks.reader.parsed import KEY_TASK, PRACTICAL_PROJECT, UNKNOWN
from tasks.reader.reading import Convention
from tasks.reader.roles.conventions import FIRST_LEADS


@dataclass(frozen=True)
class Choice:
    """One column with what is chosen for it; `problem` is what is wrong with that."""

    column: Column
    name: str
    field: str
    problem: str

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        return [(value, words, value == self.field) for value, words in WORDS.items()]

    @property
    def is_guess(self) -> bool:
        """Nobody knows yet what stands there."""
        return not self.column.field


@dataclass(frozen=True)
class Strip:
    """Tables of one head: the choices, and the first rows as they will be read."""

    shape: Shape
    choices: Sequence[Choice]
    problem: str
    options: Mapping[str, str]

    @property
    def has_parts(self) -> bool:
        return self.options[PARTS] == "yes"

    @property
    def is_projects(self) -> bool:
        return self.options[KIND] == PRACTICAL_PROJECT

    @property
    def rows(self) -> Iterator[list[tuple[str, bool]]]:
        """Cells with whether they are left out."""
        unused = {each.column.at for each in self.choices if each.field == UNUSED}
        for row in self.shape.sample:
            yield [(text, at in unused) for at, text in enumerate(row)]

    @property
    def unknown(self) -> int:
        return sum(each.is_guess for each in self.choices)


class MappingPage:
    """The tables of a draft, with what was posted or else what was read."""

    def __init__(self, content: Content, posted: Mapping[str, str] | None = None) -> None:
        self.content = content
        self.shapes = shapes_of(content)
        self.fields = [each.chosen(posted or {}) for each in self.shapes]
        self.options = [_options(each, posted) for each in self.shapes]
        mistakes = [
            each.mistakes(fields) if posted is not None else {}
            for each, fields in zip(self.shapes, self.fields, strict=True)
        ]
        self.has_mistakes = any(mistakes)
        self.strips = [
            _strip(shape, fields, wrong, options)
            for shape, fields, wrong, options in zip(
                self.shapes, self.fields, mistakes, self.options, strict=True
            )
        ]
        self.first_leads = self._first_leads()
        is_on = self.first_leads is not None and self.first_leads.is_on
        self.has_first_leads = is_on if posted is None else FIRST_LEADS in posted

    def _first_leads(self) -> Convention | None:
        """只写“责任单位”时，列第一位的为牵头单位: asked where some item says only that."""
        shown = self.content.reading.conventions
        return next((each for each in shown if each.key == FIRST_LEADS), None)

    @property
    def tables(self) -> int:
        return sum(len(each.tables) for each in self.shapes)

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.shapes)

    @property
    def parts(self) -> int:
        return sum(len(each.item.sub_items) for each in self.content.items)

    @property
    def without_day(self) -> int:
        """Items whose time limit is empty: the last day of the year holds for them."""
        return sum(each.item.deadline is None for each in self.content.items)

    @property
    def unknown_units(self) -> int:
        named = [one for each in self.content.items for one in each.item.designations]
        return len({one.name for one in named if one.target == UNKNOWN})

    def changes(self) -> list[Change]:
        """The mapping of every table; its options and the convention where they are otherwise."""
        made = [
            change
            for shape, fields in zip(self.shapes, self.fields, strict=True)
            for change in shape.changes(fields)
        ]
        for shape, options in zip(self.shapes, self.options, strict=True):
            made += shape.option_changes(options)
        if self.first_leads is not None and self.has_first_leads != self.first_leads.is_on:
            made.append(Change(CONVENTION, FIRST_LEADS, "yes" if self.has_first_leads else "no"))
        said = {(each.about, each.key): each.value for each in self.content.changes}
        return [each for each in made if said.get((each.about, each.key)) != each.value]


def _options(shape: Shape, posted: Mapping[str, str] | None) -> dict[str, str]:
    """As ticked: a box that is not sent was not ticked, where the form had the boxes."""
    if posted is None or f"{shape.key}-options" not in posted:
        return shape.options
    is_on = {option: f"{shape.key}-{option}" in posted for option in (PARTS, KIND)}
    return {
        PARTS: "yes" if is_on[PARTS] else "no",
        KIND: PRACTICAL_PROJECT if is_on[KIND] else KEY_TASK,
    }


def _strip(
    shape: Shape,
    fields: Mapping[int, str],
    wrong: Mapping[int | None, str],
    options: Mapping[str, str],
) -> Strip:
    choices = [
        Choice(each, shape.field_name(each.at), fields[each.at], wrong.get(each.at, ""))
        for each in shape.columns
    ]
    return Strip(shape, choices, wrong.get(None, ""), options)
