"""What is known of an item when a text about it is read, and what reading it may find. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

from huangshi_tasks.lib.fold import fold

MARK_LENGTH = 10
STEPS_BEFORE = "steps_before"  # where the last period's 下一步 stands on a form


@dataclass(frozen=True)
class Measure:
    """One number of the item. `place` is its key in the form; `parts` are the units' own values."""

    name: str
    unit: str = ""
    target: Decimal | None = None
    upper: Decimal | None = None  # of a target from … to
    value: Decimal | None = None
    last: Decimal | None = None
    started: Decimal | None = None
    last_started: Decimal | None = None
    is_rate: bool = False
    parts: tuple[tuple[str, Decimal], ...] = ()
    place: str = ""


@dataclass(frozen=True)
class Step:
    """A step of the 办理方案; `done` is the day that the report gives for it, or None."""

    name: str
    due: date | None = None
    done: date | None = None
    place: str = ""


@dataclass(frozen=True)
class Span:
    """The days of a period, both ends in it."""

    first: date
    last: date

    @property
    def before(self) -> date:
        """The last day of the period before."""
        return self.first - timedelta(days=1)


@dataclass(frozen=True)
class Other:
    """A text of another item or unit of the same period; `who` names it to a reader."""

    who: str
    text: str


@dataclass(frozen=True)
class Facts:
    """All that a text is held against. `percent` and `is_done` as computed; `own` is the name of
    the unit that reports, whose amounts are no part of a sum; `answered` are lines of the last
    period's 下一步 that were answered by themselves.
    """

    span: Span
    measures: tuple[Measure, ...] = ()
    steps: tuple[Step, ...] = ()
    percent: Decimal | None = None
    is_done: bool = False
    own: str = ""
    previous_text: str = ""
    previous_next_steps: str = ""
    answered: frozenset[str] = frozenset()
    said_done: tuple[str, ...] = ()  # those of them that were answered with 已完成
    told_elsewhere: str = ""  # 存在问题, 下一步 and reasons of the same report
    others: tuple[Other, ...] = ()


@dataclass(frozen=True)
class Contradiction:
    """One doubt. `quote` are the words at `start`:`end` of the text in the field `place`; `other`
    says the other side, which stands at `other_place` of the form; `line` is the whole sentence.
    """

    kind: str
    quote: str
    start: int
    end: int
    other: str
    other_place: str = ""
    line: str = field(default="", repr=False)
    place: str = "progress"

    @property
    def mark(self) -> str:
        """The same for the same sentence and kind, whatever version or period it stands in."""
        said = f"{self.kind} {fold(self.line or self.quote)}"
        return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:MARK_LENGTH]
