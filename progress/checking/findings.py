"""A filing as the checks see it, and what they find on it. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from huangshi_tasks.lib.text import number
from progress.contents.counted import Listed
from progress.contents.promises import Promise
from progress.quality.facts import Facts

BLOCKING, WARNING = "blocking", "warning"
STEPS_FIELD = "steps_before"  # where the last period's 下一步 is answered line by line


@dataclass(frozen=True)
class Finding:
    """`field` is the form key it belongs to; `key` is where its explanation is kept.

    Of a doubt about a text: `quote` are its words, from `start` to `end` of the field; `other` says
    the other side, which stands at the key `other_field`. Its `code` ends with the mark of the
    sentence, so that an answer is of that sentence, in whatever version or period it stands.
    """

    code: str
    level: str
    field: str
    sentence: str
    quote: str = ""
    start: int = 0
    end: int = 0
    other: str = ""
    other_field: str = ""

    @property
    def is_blocking(self) -> bool:
        return self.level == BLOCKING

    @property
    def key(self) -> str:
        return f"{self.code}:{self.field}"

    @property
    def is_of_a_sentence(self) -> bool:
        """Whether it is a doubt about a sentence (`progress.quality`)."""
        return bool(self.quote)


@dataclass(frozen=True)
class Part:
    """A unit's part of a figure; None while it is not in."""

    name: str
    value: Decimal | None


@dataclass(frozen=True)
class Figure:
    """One number of the form. `history` holds the accepted values before, oldest first."""

    field: str
    name: str
    value: Decimal | None
    target: Decimal | None = None
    history: tuple[Decimal, ...] = ()
    unit_of_measure: str = ""
    is_cumulative: bool = True
    is_correction: bool = False
    blank_reason: str = ""
    parts: tuple[Part, ...] = ()
    started: Decimal | None = None
    listed: Listed | None = None
    is_counted: bool = False  # things one by one: half a thing is none

    @property
    def previous(self) -> Decimal | None:
        return self.history[-1] if self.history else None

    @property
    def is_share(self) -> bool:
        """A rate, or what is printed with a percent sign."""
        return not self.is_cumulative or self.unit_of_measure in ("%", "％")

    def amount(self, value: Decimal) -> str:
        return f"{number(value)}{self.unit_of_measure}"


@dataclass(frozen=True)
class Filing:
    """What is filed, with what was filed last time. `light` is that of the filing as it stands."""

    figures: tuple[Figure, ...] = ()
    wants_text: bool = True
    wants_all: bool = False  # the primary lead's: 存在问题, 下一步, each step of last period
    progress: str = ""
    previous_progress: str = ""
    problems: str = ""
    next_steps: str = ""
    facts: Facts | None = None  # against which the text is read
    promises: tuple[Promise, ...] = ()
    no_progress: bool = False
    no_progress_reason: str = ""
    previous_no_progress: bool = False
    says_done: bool = False
    has_evidence: bool = False
    wants_light: bool = False
    proposed_light: str = ""
    is_behind: bool = False
    light_reason: str = ""
