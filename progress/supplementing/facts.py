"""What a supplement says of an item otherwise than what runs: wording, time, targets, units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from huangshi_tasks.lib import text
from huangshi_tasks.lib.fold import fold
from progress.judging.loading import deadline_on
from progress.models import AdjustmentKind
from tasks.changing.added_indicators import NewIndicator
from tasks.desk.editing.items_pane import target_of
from tasks.intake.answering import Answers
from tasks.models import (
    Indicator,
    IndicatorTarget,
    Responsibility,
    ResponsibilityRole,
    Task,
)
from tasks.reader.parsed import ParsedDesignation, ParsedIndicator, ParsedItem
from units.models import Unit

WORDS, INDICATOR = "words", "indicator"
Answering = Sequence[Answers[ParsedDesignation, Unit]]


@dataclass(frozen=True)
class Fact:
    """One thing that becomes another. `kind`: of an adjustment, or `WORDS`, `INDICATOR`; `detail`
    is what is registered. `refusal`: why it cannot be taken over like this.
    """

    key: str
    kind: str
    label: str
    before: str
    now: str
    detail: Any = None
    refusal: str = ""


def facts_of(item: ParsedItem, answering: Answering, task: Task, today: date) -> list[Fact]:
    """In the order of the page; none where all is as it runs. `task` has been loaded with
    its deadlines, responsibilities, indicators and their targets.
    """
    return [
        *_words(item, task),
        *_deadline(item, task, today),
        *_targets(item, task),
        *_units(answering, task, today),
    ]


def _words(item: ParsedItem, task: Task) -> Iterator[Fact]:
    if fold(item.text) != fold(task.words):
        yield Fact(WORDS, WORDS, "表述", task.words, item.text, item.text)


def _deadline(item: ParsedItem, task: Task, today: date) -> Iterator[Fact]:
    due_on = deadline_on(task, today)
    if item.deadline is None or item.deadline == due_on:
        return
    refusal = ""
    if item.deadline < due_on:
        refusal = "早于现行时限，不能登记为延期，请在事项页另行处理"
    yield Fact(
        "deadline",
        AdjustmentKind.EXTENSION,
        "完成时限",
        text.long_day(due_on),
        text.long_day(item.deadline),
        {"due_on": item.deadline.isoformat()},
        refusal,
    )


def _targets(item: ParsedItem, task: Task) -> Iterator[Fact]:
    left = sorted(task.indicators.all(), key=lambda each: each.ordinal)
    held = {each.pk: _open_target(each) for each in left}
    for at, one in enumerate(item.indicators):
        found = _same(one, left)
        if found is None:
            yield Fact(f"indicator-{at}", INDICATOR, "新增指标", "", _said(one), _new(one))
            continue
        left.remove(found)
        target = held.get(found.pk)
        if target is None or (target.value, target.upper) == (one.value, one.upper):
            continue
        detail = {
            "indicator": found.pk,
            "value": str(one.value),
            "upper": None if one.upper is None else str(one.upper),
        }
        before = text.number(target.value) + found.unit_of_measure
        yield Fact(
            f"target-{found.pk}", AdjustmentKind.TARGET, f"目标值：{found.name}",
            before, target_of(one), detail,
        )  # fmt: skip


def _open_target(indicator: Indicator) -> IndicatorTarget | None:
    """The one that begins last: before what is planned nothing is put."""
    return max(indicator.targets.all(), key=lambda each: each.starts_on, default=None)


def _same(one: ParsedIndicator, left: Sequence[Indicator]) -> Indicator | None:
    """By its name; else the only one that is counted in the same unit."""
    named = [each for each in left if fold(each.name) == fold(one.name)]
    measured = [each for each in left if each.unit_of_measure == one.unit]
    return named[0] if named else measured[0] if len(measured) == 1 else None


def _said(one: ParsedIndicator) -> str:
    return f"{one.name}{target_of(one)}"


def _new(one: ParsedIndicator) -> NewIndicator:
    return NewIndicator(
        name=one.name,
        unit_of_measure=one.unit,
        kind=one.kind,
        comparator=one.comparator,
        value=one.value,
        upper=one.upper,
        tracks_start=one.tracks_start,
    )


def new_indicators(item: ParsedItem) -> list[NewIndicator]:
    """Those of an item that is added."""
    return [_new(one) for one in item.indicators]


def _units(answering: Answering, task: Task, today: date) -> Iterator[Fact]:
    """Who comes, who goes, who takes another role. Nothing where the item names nobody."""
    held = {row.unit_id: row for row in task.responsibilities.all() if row.holds_on(today)}
    wanted = {each.unit.pk: each for each in answering}
    if not wanted:
        return
    going = [row for pk, row in held.items() if pk not in wanted]
    for each in sorted(wanted.values(), key=lambda one: not one.is_primary):
        row = held.get(each.unit.pk)
        if row is not None and (row.role, row.is_primary) == (each.role, each.is_primary):
            continue
        leaving = _in_place_of(each, going)
        if leaving is not None:
            going.remove(leaving)
        yield _move(row or leaving, leaving, each)
    for row in going:
        yield _move(row, row, None)


def _in_place_of(
    each: Answers[ParsedDesignation, Unit], going: Sequence[Responsibility]
) -> Responsibility | None:
    """汇总牵头 follows the one that was it, any other unit one with the same role."""
    if each.is_primary:
        return next((row for row in going if row.is_primary), None)
    alike = (row for row in going if not row.is_primary and row.role == each.role)
    return next(alike, None)


def _move(
    before: Responsibility | None,
    leaving: Responsibility | None,
    each: Answers[ParsedDesignation, Unit] | None,
) -> Fact:
    detail: Mapping[str, Any] = {
        "leaving": leaving.unit_id if leaving is not None else None,
        "unit": each.unit.pk if each is not None else None,
        "role": each.role if each is not None else "",
        "becomes_primary": each.is_primary if each is not None else False,
    }
    was = _held(before.unit.name, before.role, before.is_primary) if before is not None else ""
    now = "退出" if each is None else _held(each.unit.name, each.role, each.is_primary)
    pk = detail["unit"] or detail["leaving"]
    return Fact(f"unit-{pk}", AdjustmentKind.RESPONSIBILITY, "责任单位", was, now, dict(detail))


def _held(unit: str, role: str, is_primary: bool) -> str:
    return f"{unit}（{'汇总牵头' if is_primary else ResponsibilityRole(role).label}）"
