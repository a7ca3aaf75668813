"""Items with everything that is defined about them, loaded in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple, Protocol, TypeVar

from django.db.models import Count, DateField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from tasks.models import (
    Indicator,
    IndicatorPlan,
    IndicatorShare,
    IndicatorTarget,
    Milestone,
    Responsibility,
    SubItem,
    Task,
    TaskDeadline,
)
from units.asking.prepared import Many, attach, give, prepared
from units.models.dated import holds
from units.stamps.shown import FINALIZED, LIVE


class _OfATask(Protocol):
    @property
    def task_id(self) -> int: ...


class Planned(NamedTuple):
    """Of what stands in `IndicatorPlan`, of which an item has dozens."""

    unit_id: int | None
    as_of: date
    value: Decimal


class Aim(NamedTuple):
    """Of what stands in `IndicatorTarget`."""

    pk: int
    starts_on: date
    ends_on: date | None
    value: Decimal
    upper: Decimal | None

    def holds_on(self, day: date) -> bool:
        """As of `Dated`."""
        return holds(self.starts_on, self.ends_on, day)


class Deadline(NamedTuple):
    """Of what stands in `TaskDeadline`."""

    pk: int
    starts_on: date
    ends_on: date | None
    due_on: date

    def holds_on(self, day: date) -> bool:
        """As of `Dated`."""
        return holds(self.starts_on, self.ends_on, day)


R = TypeVar("R", bound=_OfATask)
PARTS = ("indicators", "milestones", "deadlines")
TARGET, PLAN, DEADLINE = range(3)  # what a row of `_dated` is
DONE, LISTED = range(2)  # what a row of `_going_on` is
# what units write down in the course of the year, and nobody asks of an item
RECEIPT = tuple(
    f"{way}{name}" for way in ("", "followed_by__") for name in ("received_at", "received_by")
)


def by_task(rows: Iterable[R]) -> dict[int, list[R]]:
    """Task id → its rows, in the order they come in; a task without any has an empty list."""
    grouped: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        grouped[row.task_id].append(row)
    return grouped


def load_tasks(tasks: Iterable[Task]) -> dict[int, Task]:
    """The tasks by id, with indicators (targets, plans, whether 子项), milestones and deadlines; of
    what is only read in them plain rows.

    Completes the objects that it is given; what they have loaded already costs nothing.
    """
    items = list(tasks)
    if bare := [task for task in items if not _is_loaded(task, *PARTS)]:
        _load(bare)
    return {task.pk: task for task in items}


def _is_loaded(task: Task, *names: str) -> bool:
    return set(names) <= set(getattr(task, "_prefetched_objects_cache", {}))


def _load(tasks: Collection[Task]) -> None:
    ids = {task.pk for task in tasks}
    indicators = _indicators(tasks=ids)
    attach(tasks, "indicators", indicators, "task")
    milestones = _milestones(tasks=ids)
    attach(tasks, "milestones", milestones, "task")
    targets: dict[int, list[Aim]] = defaultdict(list)
    plans: dict[int, list[Planned]] = defaultdict(list)
    deadlines: dict[int, list[Deadline]] = defaultdict(list)
    for kind, pk, of, unit, start, end, due, value, upper in _dated(tasks=ids):
        if kind == PLAN:
            plans[of].append(Planned(unit, start, value))
        elif kind == TARGET:
            targets[of].append(Aim(pk, start, end, value, upper))
        else:
            deadlines[of].append(Deadline(pk, start, end, due))
    going_on = {(kind, of): (done_on, count) for kind, of, done_on, count in _going_on(tasks=ids)}
    for each in indicators:
        listed = going_on.get((LISTED, each.pk))
        each.has_sub_items = listed is not None  # type: ignore[attr-defined]  # no column: asked once for all
        each.sub_item_count = listed[1] if listed is not None else 0  # type: ignore[attr-defined]  # likewise
    for step in milestones:
        step.done_on = going_on.get((DONE, step.pk), (None, 0))[0]
    for each in indicators:
        give(each, "targets", sorted(targets[each.pk]))
        give(each, "plans", sorted(plans[each.pk], key=attrgetter("as_of")))
    for task in tasks:
        if not _is_loaded(task, "deadlines"):
            give(task, "deadlines", sorted(deadlines[task.pk]))


def give_reporting(tasks: Iterable[Task]) -> None:
    """Tell each number and milestone of the loaded items who reports it; one query."""
    rows: list[Any] = [
        row for task in tasks for row in (*task.indicators.all(), *task.milestones.all())
    ]
    wanted = {row.responsibility_id for row in rows if row.responsibility_id is not None}
    held = {each.pk: each for each in _reporting(pks=wanted)} if wanted else {}
    for row in rows:
        if row.responsibility_id is not None:
            row.responsibility = held[row.responsibility_id]


@prepared(FINALIZED, tasks=Many(IntegerField()))
def _dated(tasks: Any) -> QuerySet[Any, tuple[Any, ...]]:
    """Targets, planned values and deadlines: kind, id, of which, unit, from, until, due day, value,
    upper.
    """
    of_indicators = {"indicator__task__in": tasks}
    no_day, nothing = (Cast(Value(None), kind()) for kind in (DateField, IntegerField))
    targets = IndicatorTarget.objects.filter(**of_indicators).order_by()
    plans = IndicatorPlan.objects.filter(**of_indicators).order_by()
    deadlines = TaskDeadline.objects.filter(task__in=tasks).order_by()
    # the first of a union says what the columns are
    return targets.values_list(
        *(Value(TARGET), "pk", "indicator_id", nothing, "starts_on", "ends_on", no_day),
        *("value", "upper"),
    ).union(
        plans.values_list(
            *(Value(PLAN), "pk", "indicator_id", "unit_id", "as_of", no_day, no_day),
            *("value", nothing),
        ),
        deadlines.values_list(
            *(Value(DEADLINE), "pk", "task_id", nothing, "starts_on", "ends_on", "due_on"),
            *(nothing, nothing),
        ),
        all=True,
    )


@prepared(FINALIZED, LIVE, tasks=Many(IntegerField()))
def _going_on(tasks: Any) -> QuerySet[Any, tuple[Any, ...]]:
    """When milestones were done, and which numbers have 子项: kind, of which, day, how many."""
    milestones = Milestone.objects.filter(task__in=tasks).order_by()
    listed = SubItem.objects.standing().filter(indicator__task__in=tasks).order_by()
    no_day = Cast(Value(None), DateField())
    # the first of a union says what the columns are
    counted = listed.values("indicator_id").annotate(count=Count("pk"))
    return milestones.values_list(Value(DONE), "pk", "done_on", Value(0)).union(
        counted.values_list(Value(LISTED), "indicator_id", no_day, "count"), all=True
    )


@prepared(FINALIZED, tasks=Many(IntegerField()))
def _indicators(tasks: Any) -> QuerySet[Indicator]:
    return Indicator.objects.filter(task__in=tasks).order_by("task_id", "ordinal")


@prepared(FINALIZED, tasks=Many(IntegerField()))
def _milestones(tasks: Any) -> QuerySet[Milestone]:
    return Milestone.objects.filter(task__in=tasks).defer("done_on")


@prepared(FINALIZED, pks=Many(IntegerField()))
def _reporting(pks: Any) -> QuerySet[Responsibility]:
    held = Responsibility.objects.filter(pk__in=pks).select_related("unit", "followed_by__unit")
    return held.defer(*RECEIPT).order_by()


@prepared(FINALIZED, tasks=Many(IntegerField()))
def shares_of(tasks: Any) -> QuerySet[IndicatorShare]:
    """The parts of the items' numbers, in the order of the units."""
    shares = IndicatorShare.objects.filter(indicator__task__in=tasks)
    return shares.select_related("unit").order_by("unit__ordinal", "pk")


def planned_value(indicator: Indicator, unit_id: int | None, day: date) -> Decimal | None:
    """The planned cumulative value at `day`: the last one up to it; None without any plan."""
    plans = [plan for plan in indicator.plans.all() if plan.unit_id == unit_id]
    reached = [plan.value for plan in plans if plan.as_of <= day]
    return reached[-1] if reached else (Decimal(0) if plans else None)


def deadline_on(task: Task, day: date) -> date:
    """The deadline in force on `day`; the notice gives none, then it is the year's last day."""
    held = [deadline for deadline in task.deadlines.all() if deadline.holds_on(day)]
    return held[-1].due_on if held else date(task.plan.year, 12, 31)


def planned_start(task: Task) -> date | None:
    """The first date by which something is planned to be there."""
    plans = [plan for item in task.indicators.all() for plan in item.plans.all()]
    starts = [plan.as_of for plan in plans if plan.unit_id is None and plan.value > 0]
    return min(starts, default=None)
