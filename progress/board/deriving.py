"""From the tables to what is shown of every item of a plan, in about twenty queries.

What the board keeps is written from here, and checked against here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from progress.board.at_finalizing import tables_at
from progress.board.numbers import Tables
from progress.board.problems import problems_at
from progress.board.shown import (
    Frozen,
    Holder,
    Item,
    PostName,
    Printed,
    Shown,
    Source,
    UnitName,
)
from progress.judging.loading import deadline_on
from progress.models import Period, TaskPeriod
from progress.models.judgements import OF_SOURCE
from progress.periods.access import periods_of
from tasks.action_plans.list import PLANNED
from tasks.holders.portfolios import in_charge_of
from tasks.models import (
    Designation,
    IndicatorPlan,
    IndicatorShare,
    IndicatorTarget,
    Plan,
    Portfolio,
    Responsibility,
    Task,
    TaskDeadline,
)
from units.models import Unit
from units.renaming.names import names_on

V = TypeVar("V")
History = list[tuple[date, str]]


class Derived(NamedTuple):
    """Of one item: what lists show, and its numbers."""

    shown: Shown
    tables: Tables


class _Held(NamedTuple):
    """What `in_charge_of` asks of a holder."""

    task_id: int
    unit_id: int
    is_primary: bool


def derive(plan: Plan, day: date, until: date | None = None) -> dict[int, Derived]:
    """Task id → what is shown of it on `day`, by its newest 定稿, or that of the day `until`, with
    the names that units had then.
    """
    tasks = list(plan.tasks.select_related("area", "theme", "action_plan"))
    frozen = _frozen(plan, until)
    names = names_on(until) if until is not None else {}
    tables = tables_at(tasks, frozen, day, names)
    holders, held = _holders(plan, day, names)
    posts = in_charge_of(tasks, day, held)
    printed, history = _printed(plan), _history(plan)
    problems = problems_at(frozen, [plan.pk], names)
    return {
        task.pk: Derived(
            Shown(
                item=Item.of(task),
                due_on=deadline_on(task, day),
                holders=tuple(holders[task.pk]),
                designations=tuple(printed[task.pk]),
                posts=tuple(PostName.of(post) for post in posts[task.pk]),
                frozen=frozen.get(task.pk),
                history=tuple(history[task.pk]),
                problems=tuple(problems[task.pk]),
                lacks_action_plan=lacks_action_plan(task),
                is_short=tables[task.pk].is_short,
                figures_on=tables[task.pk].as_of,
            ),
            tables[task.pk],
        )
        for task in tasks
    }


def next_turn(plan: Plan, day: date) -> date | None:
    """The first day after `day` on which something of the above may read otherwise although
    nobody writes anything; None where no such day is known.
    """
    coming = IndicatorPlan.objects.filter(indicator__plan=plan, as_of__gt=day).order_by("as_of")
    turns = [
        Responsibility.objects.filter(task__plan=plan).next_turn(day),
        TaskDeadline.objects.filter(task__plan=plan).next_turn(day),
        IndicatorTarget.objects.filter(indicator__plan=plan).next_turn(day),
        IndicatorShare.objects.filter(indicator__plan=plan).next_turn(day),
        Portfolio.objects.all().next_turn(day),
        coming.values_list("as_of", flat=True).first(),
    ]
    return min((turn for turn in turns if turn is not None), default=None)


def lacks_action_plan(task: Task) -> bool:
    """Whether it is measured, and no 办理方案 of it has been accepted."""
    if task.tracking not in PLANNED:
        return False
    action_plan = getattr(task, "action_plan", None)
    return action_plan is None or action_plan.accepted_version_id is None


def _frozen(plan: Plan, until: date | None) -> dict[int, Frozen]:
    """Task id → its newest 定稿; periods are those of the plan."""
    periods = {period.pk: period for period in periods_of(plan)}
    found = {}
    for row in TaskPeriod.objects.latest_of(plan, until).with_before().with_source():
        row.period = periods[row.period_id]
        found[row.task_id] = Frozen.of(row, _source(row, periods))
    return found


def _source(row: TaskPeriod, periods: Mapping[int, Period]) -> Source | None:
    report_id, number, period_id = (getattr(row, name) for name in OF_SOURCE)
    if report_id is None:
        return None
    of = periods[period_id]
    return Source(report_id=report_id, number=number, label=of.label, data_as_of=of.data_as_of)


def _holders(
    plan: Plan, day: date, names: Mapping[int, str]
) -> tuple[dict[int, list[Holder]], list[_Held]]:
    """Of every item its holders in their order; a thousand and more, so no objects are made."""
    units = {pk: UnitName.named(unit, names) for pk, unit in Unit.objects.in_bulk().items()}
    said = ("role", "is_primary", "leader_name", "section", "contact_name", "telephone")
    of_plan = Responsibility.objects.on(day).filter(task__plan=plan)
    in_order = of_plan.order_by("task", "-is_primary", "ordinal", "id")
    found: dict[int, list[Holder]] = defaultdict(list)
    held = []
    for task_id, unit_id, *rest in in_order.values_list("task_id", "unit_id", *said):
        holder = Holder(unit=units[unit_id], **dict(zip(said, rest, strict=True)))
        found[task_id].append(holder)
        held.append(_Held(task_id, unit_id, holder.is_primary))
    return found, held


def _printed(plan: Plan) -> dict[int, list[Printed]]:
    named = Designation.objects.filter(task__plan=plan).order_by("task", "role", "ordinal")
    rows = named.values_list("task_id", "unit_id", "role", "printed")
    return _by_task((pk, Printed(unit_id=u, role=r, printed=p)) for pk, u, r, p in rows)


def _history(plan: Plan) -> dict[int, list[tuple[date, str]]]:
    frozen = TaskPeriod.objects.filter(task__plan=plan).order_by("period__data_as_of", "pk")
    found: dict[int, dict[date, str]] = defaultdict(dict)
    # of a day the last word: a second judgement stands for the first
    for pk, day, light in frozen.values_list("task_id", "period__data_as_of", "light"):
        found[pk][day] = light
    return defaultdict(list, {pk: list(days.items()) for pk, days in found.items()})


def _by_task(pairs: Iterable[tuple[int, V]]) -> dict[int, list[V]]:
    found: dict[int, list[V]] = defaultdict(list)
    for pk, each in pairs:
        found[pk].append(each)
    return found
