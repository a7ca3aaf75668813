"""One thing that is open and of which people are reminded until it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from huangshi_tasks.lib import text
from huangshi_tasks.lib.workdays import Overrides, workdays_between
from progress.models import ProgressReport
from progress.reminding.ladder import OFFICE, REPORTER, SIGNER, Ladder
from tasks.models import Task
from units.models import Unit

PEOPLE_OF_UNITS = frozenset({REPORTER, SIGNER})
PEOPLE_OF_OFFICE = frozenset({OFFICE})


@dataclass(frozen=True)
class Case:
    """`prefix` tells rungs of one subject apart, e.g. the version that was returned. `says` gives
    the sentence of a day. Only rungs that tell one of `roles` are told of this case.
    """

    subject: str
    ladder: Ladder
    base: date
    says: Callable[[date], str]
    link: str
    roles: frozenset[str] = PEOPLE_OF_UNITS
    prefix: str = ""
    weight: int = 0  # added to the rung's urgency: a receipt never stands before a filing
    opens_on: date | None = None
    unit: Unit | None = None
    report: ProgressReport | None = field(default=None, compare=False)
    task: Task | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"提醒 {self.subject}"

    def rung_name(self, name: str) -> str:
        """As the ledger stores it."""
        return f"{self.prefix}/{name}" if self.prefix else name

    @property
    def key(self) -> tuple[str, str]:
        """What is open: the subject, and which of its ladders."""
        return self.subject, self.prefix


@dataclass(frozen=True)
class Opened:
    """All that is open. Where something could not be looked at (`is_whole` False), nothing is taken
    for answered: a reminder too many is better than one that was cancelled by mistake.
    """

    cases: Sequence[Case] = ()
    is_whole: bool = True

    def has(self, key: tuple[str, str]) -> bool:
        return not self.is_whole or key in self._keys

    @cached_property
    def _keys(self) -> set[tuple[str, str]]:
        return {case.key for case in self.cases}


def key_of(subject: str, rung: str) -> tuple[str, str]:
    """The `Case.key` to which a row of the ledger belongs."""
    return subject, rung.rpartition("/")[0]


def until(due_on: date, today: date, overrides: Overrides, *, undone: str) -> str:
    """How urgent it is, as the end of a sentence; `undone` such as 尚未报送."""
    if due_on < today:
        return f"已于{text.day(due_on)}到期，{undone}。"
    if due_on == today:
        return f"今天24时截止，{undone}。"
    left = workdays_between(today, due_on, overrides)
    return f"{text.day(due_on)}24时截止，还剩{left}个工作日，{undone}。"
