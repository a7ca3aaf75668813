"""What a dry run or a writing found: each row's outcome, each mistake with its cell. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from units.sheets.book import Spot

NEW, CHANGED, SAME, BAD = "new", "changed", "same", "bad"
WORDS = {NEW: "新增", CHANGED: "修改", SAME: "不变", BAD: "有误"}


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong: sheet, row, column, head, value, and what is accepted.

    Row 0 means the whole file.
    """

    sheet: str
    row: int
    letter: str
    head: str
    value: str
    sentence: str


@dataclass(frozen=True)
class Outcome:
    """What a row would do, or did. `details` says from what to what, one line each."""

    sheet: str
    row: int
    label: str
    what: str
    details: Sequence[str] = ()

    @property
    def word(self) -> str:
        return WORDS[self.what]


@dataclass
class Result:
    """All of a file. `once` is shown on the page that answers, and kept nowhere; `absent` are rows
    that the file could have had.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    once: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(outcome.what for outcome in self.outcomes)
        return {what: found[what] for what in WORDS}

    @property
    def sentence(self) -> str:
        """共8行：新增1行，修改2行，不变5行，有误0行。"""
        parts = "，".join(f"{WORDS[what]}{count}行" for what, count in self.counts.items())
        return f"共{len(self.outcomes)}行：{parts}。"

    @property
    def writes(self) -> int:
        """How many rows change something."""
        return self.counts[NEW] + self.counts[CHANGED]

    @property
    def is_unusable(self) -> bool:
        """Whether the file as a whole was not understood."""
        return any(mistake.row == 0 for mistake in self.mistakes)

    def as_json(self) -> dict[str, Any]:
        return {
            "outcomes": [asdict(outcome) for outcome in self.outcomes],
            "mistakes": [asdict(mistake) for mistake in self.mistakes],
            "notes": self.notes,
            "absent": self.absent,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Result:
        return cls(
            outcomes=[Outcome(**each) for each in kept.get("outcomes", [])],
            mistakes=[Mistake(**each) for each in kept.get("mistakes", [])],
            notes=list(kept.get("notes", [])),
            absent=list(kept.get("absent", [])),
        )


def mistake_at(spot: Spot, head: str, sentence: str) -> Mistake:
    return Mistake(spot.sheet, spot.row, spot.letter, head, spot.text, sentence)
