"""What a person decided about a source; with it the same source is read again, differently.

A desk stores one `Decisions` per draft (`to_json`, `from_json`) and reads again after each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

# What a `Decision` is about, and what its key and value are.
STYLE = "style"  # "" → name of a style
COLUMN = "column"  # "<table>:<column>" → a field of `layout.columns.FIELDS`
TABLE = "table"  # "<table>:parts" → "yes" or "no"; "<table>:kind" → key_task or practical_project
CONVENTION = "convention"  # key of a convention → "yes" or "no"
NAME = "name"  # a printed name → canonical name; "" = no unit, stays in no role
LINE = "line"  # number of a line → one of LINE_KINDS
PLACE = "place"  # "<line>:<start>:<line>:<end>" → item, plan, letter or unused
ANSWERED = "answered"  # key of a doubt → any word: it is solved and not shown again
HEAD = "head"  # year, title, document_number, issued_on → the value as text

HEADING, THEME, ITEM, SUB_ITEM, ROLE, LETTER, PLAN, UNUSED, GOES_ON, OWN = (
    "heading", "theme", "item", "sub_item", "role", "letter", "plan", "unused", "goes_on", "own",
)  # fmt: skip
LINE_KINDS = (HEADING, THEME, ITEM, SUB_ITEM, ROLE, LETTER, PLAN, UNUSED, GOES_ON, OWN)


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer: what it is about, which one, and what was decided."""

    about: str
    key: str
    value: str


@dataclass(frozen=True)
class Decisions:
    """All answers so far; the later one counts. Immutable: `having` gives the next."""

    made: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def having(self, *decisions: Decision) -> Decisions:
        """These, and what was decided before about other things."""
        added = {(each.about, each.key): each.value for each in decisions}
        return replace(self, made={**self.made, **added})

    def without(self, about: str, key: str) -> Decisions:
        """As if that had never been decided."""
        return replace(self, made={k: v for k, v in self.made.items() if k != (about, key)})

    def get(self, about: str, key: str = "") -> str | None:
        return self.made.get((about, key))

    def of(self, about: str) -> dict[str, str]:
        """key → value of all decisions about one thing."""
        return {key: value for (what, key), value in self.made.items() if what == about}

    def only(self, *about: str) -> Decisions:
        """Those about these things."""
        return Decisions({key: value for key, value in self.made.items() if key[0] in about})

    def lines(self) -> dict[int, str]:
        """Line → what a person said that it is."""
        return {int(key): value for key, value in self.of(LINE).items() if key.isdigit()}

    def columns(self, table: str) -> dict[int, str]:
        """Column → field, of one table."""
        found = {}
        for key, value in self.of(COLUMN).items():
            name, _, column = key.rpartition(":")
            if name == table and column.isdigit():
                found[int(column)] = value
        return found

    def options(self) -> dict[str, dict[str, str]]:
        """Table → what was chosen for it as a whole."""
        found: dict[str, dict[str, str]] = {}
        for key, value in self.of(TABLE).items():
            table, _, option = key.rpartition(":")
            found.setdefault(table, {})[option] = value
        return found

    def to_json(self) -> list[dict[str, str]]:
        return [{"about": a, "key": k, "value": v} for (a, k), v in self.made.items()]

    @classmethod
    def from_json(cls, rows: Any) -> Decisions:
        return cls().having(*(Decision(e["about"], e["key"], e["value"]) for e in rows))


NOTHING = Decisions()
