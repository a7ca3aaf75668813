"""What a sample text is about: the facts of one item in one period, ready to be put into words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from demo.amounts import share_of_target
from demo.goals import LATE, NOT_STARTED, SLOW
from huangshi_tasks.lib import text

# What is built or cleared on a site can lack land; the rest cannot.
ON_SITE = re.compile(
    "道路|公路|高速|路网|畅通|加工园区|项目建设|改造|危房|违建|新港能级|水利|绿地|公园|基础设施"
)
_AMOUNT = re.compile(r"\d+(?:万|亿)?(?:[个家户人元亩]|公里|平方米|%)(?:以上)?$")


def subject_of(short_title: str) -> str:
    """The short title as a noun: 新增城镇就业 of 新增城镇就业5万人."""
    return _AMOUNT.sub("", short_title)


@dataclass(frozen=True)
class Number:
    """A figure of the item with the one before it."""

    name: str
    value: Decimal
    before: Decimal
    target: Decimal
    unit: str
    started: Decimal | None = None
    is_rate: bool = False

    @property
    def amount(self) -> str:
        return f"{text.number(self.value)}{self.unit}"

    @property
    def goal(self) -> str:
        return f"{text.number(self.target)}{self.unit}"

    @property
    def step(self) -> str:
        return f"{text.number(self.value - self.before)}{self.unit}"

    @property
    def percent(self) -> str:
        return text.percent(share_of_target(self.value, self.target))

    @property
    def started_percent(self) -> str:
        assert self.started is not None
        return text.percent(share_of_target(self.started, self.target))


@dataclass(frozen=True)
class Step:
    """A milestone: done on a day, or due."""

    title: str
    due_on: date
    done_on: date | None = None


@dataclass(frozen=True)
class Story:
    """`turn` picks the wording: it differs from item to item and from period to period.

    `pieces`: how many jobs the item was cut into, `finished` how many of them are over.
    """

    code: str
    short: str
    unit: str
    helpers: tuple[str, ...]
    period: str
    day: date
    light: str
    turn: int
    pieces: int
    finished: int
    numbers: tuple[Number, ...] = ()
    steps: tuple[Step, ...] = ()
    part_of: str = ""  # of a co-lead: who leads the item
    extra: tuple[str, ...] = field(default=())

    @property
    def is_built(self) -> bool:
        return bool(ON_SITE.search(self.short))

    @property
    def is_behind(self) -> bool:
        return self.light in (SLOW, LATE, NOT_STARTED)

    @property
    def helper(self) -> str:
        """A unit that helps, by turns."""
        return self.helpers[self.turn % len(self.helpers)] if self.helpers else "有关单位"

    @property
    def done_steps(self) -> list[Step]:
        return [step for step in self.steps if step.done_on is not None]

    @property
    def open_steps(self) -> list[Step]:
        return [step for step in self.steps if step.done_on is None]
