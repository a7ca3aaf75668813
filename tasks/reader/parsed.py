"""What a notice says, as plain values. Nothing here knows the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

KEY_TASK = "key_task"
PRACTICAL_PROJECT = "practical_project"

LEAD = "lead"
SUPPORT = "support"
RESPONSIBLE = "responsible"

UNIT = "unit"
GROUP = "group"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NoticeWarning:
    """One thing a person has to look at. `line` counts from 1; `text` is what stands there."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlanHead:
    year: int | None
    title: str
    document_number: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class ParsedIndicator:
    """A number the notice promises.

    `value` and `unit` are as printed (1.5 and 万亩, never 15000 亩); `upper` is set with the
    comparator `between` only. `start` and `end` are offsets into the item's text (of a headline
    target: into its paragraph), and `source_text` is what stands between them.
    """

    name: str
    value: Decimal
    upper: Decimal | None
    unit: str
    comparator: str  # ge, le, eq, about, between
    kind: str  # cumulative, rate
    direction: str  # up, down
    tracks_start: bool
    reporting: str
    start: int
    end: int
    source_text: str


@dataclass(frozen=True, slots=True)
class ParsedDesignation:
    """Whom the notice names. `order` counts from 1 in its role; `target`: unit, group, unknown."""

    role: str
    order: int
    printed_name: str
    name: str
    target: str


@dataclass(frozen=True, slots=True)
class ParsedSubItem:
    """A part of an item, with its own number and, where printed, its own units."""

    number: str
    text: str
    designations: tuple[ParsedDesignation, ...] = ()
    deadline_text: str = ""
    deadline: date | None = None
    leaders: tuple[str, ...] = ()

    def names(self, role: str) -> list[str]:
        """Canonical names of one role, in the notice's order."""
        return [each.name for each in self.designations if each.role == role]


@dataclass(frozen=True, slots=True)
class ParsedParagraph:
    """A paragraph of the notice that is no item: letter, requirement, reporting, headline."""

    line: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ParsedUnused:
    """What was read and is in no item, heading or paragraph."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """One numbered promise. `text` is, byte for byte, what stands between number and bracket."""

    kind: str
    number: int
    area: int | None
    theme: str | None
    text: str
    designations: tuple[ParsedDesignation, ...]
    indicators: tuple[ParsedIndicator, ...]
    line: int
    short_title: str
    tracking: str
    cycle: str
    deadline_text: str = ""  # as printed; empty where none is printed
    deadline: date | None = None
    leaders: tuple[str, ...] = ()
    sub_items: tuple[ParsedSubItem, ...] = ()
    printed_number: str = ""
    printed_roles: str = ""

    def names(self, role: str) -> list[str]:
        """Canonical names of one role, in the notice's order."""
        return [each.name for each in self.designations if each.role == role]


@dataclass(frozen=True, slots=True)
class ParsedArea:
    ordinal: int
    title: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParsedNotice:
    """Every character of the source is in one of these, or is a label that was understood."""

    head: PlanHead
    headline: tuple[ParsedIndicator, ...]
    areas: tuple[ParsedArea, ...]
    items: tuple[ParsedItem, ...]
    warnings: tuple[NoticeWarning, ...]
    paragraphs: tuple[ParsedParagraph, ...] = ()
    unused: tuple[ParsedUnused, ...] = ()
    sections: tuple[str, ...] = ()  # titles of its lists, names of its sheets
    columns: tuple[str, ...] = ()  # heads of its tables
