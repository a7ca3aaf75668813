"""Items with everything that is defined about them, loaded in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects

from tasks.models import Indicator, Milestone, SubItem, Task


class _OfATask(Protocol):
    @property
    def task_id(self) -> int: ...


R = TypeVar("R", bound=_OfATask)


def by_task(rows: Iterable[R]) -> dict[int, list[R]]:
    """Task id → its rows, in the order they come in; a task without any has an empty list."""
    grouped: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        grouped[row.task_id].append(row)
    return grouped


def load_tasks(tasks: Iterable[Task]) -> dict[int, Task]:
    """The tasks by id, with indicators (targets, plans, who reports), milestones and deadlines.

    Completes the objects that it is given; what they have loaded already costs nothing.
    """
    items = list(tasks)
    listed = SubItem.objects.standing().filter(indicator=OuterRef("pk"))
    indicators = Indicator.objects.select_related("responsibility__unit")
    indicators = indicators.annotate(has_sub_items=Exists(listed))
    milestones = Milestone.objects.select_related("responsibility__unit")
    prefetch_related_objects(
        items,
        Prefetch("indicators", indicators.prefetch_related("targets", "plans")),
        Prefetch("milestones", milestones),
        "deadlines",
    )
    return {task.pk: task for task in items}


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
