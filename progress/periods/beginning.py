"""From which period on a year is filed that is switched on late, and what becomes of those before.

Pure: specifications of the calendar in, the same with what was chosen out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol, TypeVar

from django.db import models

from huangshi_tasks.lib import text
from huangshi_tasks.lib.workdays import Overrides, add_workdays, next_workday_on_or_after
from progress.periods.calendar import MONTHLY, PeriodSpec

MOST_SHOWN = 4  # labels; of more the first and the last
NEVER = "本年度各期都在启用前，没有单位需要报送"
NEAR_WORKDAYS = 5  # nobody is asked for a report with less time than this
WHY = "报送截止由{before}改为{after}：年度责任分解启用较晚，补报本期。"


class Beginning(models.TextChoices):
    """从哪一期开始报送."""

    SKIP = "skip", "前几期不补报"
    LATE = "late", "补报前几期"
    QUARTER = "quarter", "从下一季度起报送"


@dataclass(frozen=True)
class Begun:
    """A period as it will be made: `is_before` 启用前, `note` why its dates are others."""

    spec: PeriodSpec
    is_before: bool = False
    note: str = ""


class Asked(Protocol):
    """A period of a plan, or what it will be."""

    @property
    def cycle(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def data_as_of(self) -> date: ...
    @property
    def opens_on(self) -> date: ...
    @property
    def due_on(self) -> date: ...


class Made(Asked, Protocol):
    @property
    def is_before(self) -> bool: ...
    @property
    def is_finalized(self) -> bool: ...


A = TypeVar("A", bound=Asked)


def in_order(periods: Iterable[A]) -> list[A]:
    """By 数据截至; 月报 speaks for those of the same day."""
    return sorted(periods, key=lambda each: (each.data_as_of, each.cycle != MONTHLY))


def labels_of(periods: Iterable[Asked]) -> str:
    """Each label once; of many the first and the last."""
    labels = list(dict.fromkeys(each.label for each in in_order(periods)))
    return f"{labels[0]}至{labels[-1]}" if len(labels) > MOST_SHOWN else "、".join(labels)


def how_it_began(periods: Iterable[Made], today: date) -> str:
    """1—2月在启用前，不补报；首期3月，3月25日起填报，4月6日截止. Empty where nothing is 启用前, and
    once a period is finalized.
    """
    found = list(periods)
    before = [each for each in found if each.is_before]
    asked = in_order(each for each in found if not each.is_before)
    if not before or any(each.is_finalized for each in asked):
        return ""
    if not asked:
        return f"{NEVER}。"
    said = f"{labels_of(before)}在启用前，不补报"
    first = min(asked, key=lambda each: each.opens_on)
    if first.opens_on <= today:
        return f"{said}。"
    opens, due = text.day(first.opens_on), text.day(first.due_on)
    return f"{said}；首期{first.label}，{opens}起填报，{due}截止。"


def earliest_due(today: date, overrides: Overrides | None = None) -> date:
    """The first day until which something may still be asked for on `today`."""
    return add_workdays(today, NEAR_WORKDAYS, overrides)


def late_ones(specs: Iterable[PeriodSpec], today: date, overrides: Overrides) -> list[PeriodSpec]:
    """Those whose due day has passed or is too near; none of a year begun in time."""
    earliest = earliest_due(today, overrides)
    return [each for each in specs if each.due_on < earliest]


def next_quarter(today: date) -> date:
    """Its first day."""
    month = (today.month - 1) // 3 * 3 + 4
    return date(today.year + (month > 12), (month - 1) % 12 + 1, 1)


def begun(
    specs: Sequence[PeriodSpec],
    beginning: str,
    today: date,
    overrides: Overrides,
    due_on: date | None = None,
) -> list[Begun]:
    """All of `specs`. `due_on`: the day chosen for what is filed late, else the earliest."""
    late = late_ones(specs, today, overrides)
    if not late:
        return [Begun(each) for each in specs]
    if beginning == Beginning.LATE:
        until = due_on or earliest_due(today, overrides)
        return [_moved(each, until, overrides) if each in late else Begun(each) for each in specs]
    starts_on = next_quarter(today)
    if beginning == Beginning.QUARTER:
        return [Begun(each, is_before=each.data_as_of < starts_on) for each in specs]
    return [Begun(each, is_before=each in late) for each in specs]


def _moved(spec: PeriodSpec, due_on: date, overrides: Overrides) -> Begun:
    """With a due day of its own; it is closed as long after as it would have been."""
    if due_on <= spec.due_on:
        return Begun(spec)
    open_for = max(spec.closes_on - spec.due_on, timedelta(0))
    closes_on = next_workday_on_or_after(due_on + open_for, overrides)
    note = WHY.format(before=text.day(spec.due_on), after=text.day(due_on))
    return Begun(replace(spec, due_on=due_on, closes_on=closes_on), note=note)
