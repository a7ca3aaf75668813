"""What a person says on the desk: decisions about the reading, and corrections of what was read.

Both are triples of JSON values, in the order in which they were said (`DraftAct.changes`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tasks.reader import decisions as decided
from tasks.reader.decisions import NOTHING, Decision, Decisions

# Corrections, beside the decisions of `tasks.reader.decisions`. The key is that of an item
# (`correcting.DeskItem.key`) unless said otherwise.
FIELD = "field"  # "<item>:<name of a field>" → its value, see `correcting.FIELDS`
SPLIT = "split"  # item → where its text is cut; the second half is an item of its own
MERGE = "merge"  # item → the item that becomes the end of it
APART = "apart"  # item → which of its 分项, counted from 0, becomes an item of its own
PART = "part"  # item → the item of which it becomes a 分项
DROP = "drop"  # item → what its text is instead: requirement, reporting, letter or unused
ASIDE = "aside"  # item → why it is 暂缓; "" again not
TARGETS = "targets"  # item → "same": what it promised the year before is promised again
TITLE = "title"  # "<area>" (a new one too) or "<area>:<theme>" → its title
NUMBERING = "numbering"  # "" → "running": numbers that restart per chapter are counted through
ALIAS = "alias"  # printed name → "unit" or "group" that has it as an alias since this act

# Of the head of the notice, beside what the reader knows of it: 台账名称.
SERIES = "series"

READING = (
    decided.STYLE,
    decided.COLUMN,
    decided.TABLE,
    decided.CONVENTION,
    decided.NAME,
    decided.LINE,
    decided.PLACE,
    decided.HEAD,
    decided.ANSWERED,
)


@dataclass(frozen=True, slots=True)
class Change:
    """One row of an act."""

    about: str
    key: str
    value: Any

    @classmethod
    def of(cls, decision: Decision) -> Change:
        return cls(decision.about, decision.key, decision.value)

    @property
    def is_series(self) -> bool:
        return (self.about, self.key) == (decided.HEAD, SERIES)

    def to_json(self) -> dict[str, Any]:
        return {"about": self.about, "key": self.key, "value": self.value}


def from_json(rows: Iterable[dict[str, Any]]) -> list[Change]:
    return [Change(row["about"], row["key"], row["value"]) for row in rows]


def decisions_in(changes: Iterable[Change]) -> Decisions:
    """Those that the reader is asked with."""
    return NOTHING.having(
        *(Decision(each.about, each.key, each.value) for each in changes if each.about in READING)
    )
