"""报送频次 by date: a change is owed from the next period on, so that what has opened stays owed.

Source: design.md section 4, "Periods": the office can set any item monthly.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from tasks.models import Cycle, Plan, Task, TaskCycle
from tasks.models.items import TaskQuerySet
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import can_run_the_year, require

ONE_DAY = timedelta(days=1)


def in_cycle(tasks: TaskQuerySet, cycle: str, day: date) -> TaskQuerySet:
    """Those that report in `cycle` on `day`; an item never changed by its own field."""
    rows = TaskCycle.objects.filter(task=OuterRef("pk"))
    unchanged = Q(cycle=cycle) & ~Exists(rows)
    return tasks.filter(unchanged | Exists(rows.on(day).filter(cycle=cycle)))


def next_start(plan: Plan, today: date) -> date:
    """The first day of which no opened period speaks: today, or later where one has opened."""
    opened = plan.periods.filter(opens_on__lte=today).order_by("-data_as_of").first()
    return today if opened is None else max(today, opened.data_as_of + ONE_DAY)


def set_cycle(*, task: Task, cycle: str, reason: str, actor: Actor, now: datetime) -> TaskCycle:
    """From the next period on. What was decided for the same day before is corrected, not added.

    Raises `NotNow` when that is the item's cycle already.
    """
    require(can_run_the_year(actor))
    starts_on = next_start(task.plan, now.date())
    with transaction.atomic():
        locked = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
        standing = _standing(locked)
        if standing.cycle == cycle:
            raise NotNow(f"{locked}已是{Cycle(cycle).label}报送。")
        if standing.starts_on == starts_on:
            standing.cycle, standing.reason = cycle, reason
            standing.save(update_fields=["cycle", "reason"])
            made = standing
        else:
            standing.ends_on = starts_on - ONE_DAY
            standing.save()
            made = TaskCycle.objects.create(
                task=locked, cycle=cycle, reason=reason, starts_on=starts_on
            )
        log.record(
            actor=actor,
            action="task.cycle",
            subject=locked,
            summary=f"调整报送频次：{locked}",
            changes={"cycle": [locked.cycle, cycle], "starts_on": starts_on},
            reason=reason,
            now=now,
        )
    return made


def _standing(task: Task) -> TaskCycle:
    """The row that a change follows; of an item never changed the one that it has had from the
    start, unsaved.
    """
    found = TaskCycle.objects.open_ended().filter(task=task).first()
    starts_on = task.added_on or task.plan.issued_on
    return found or TaskCycle(task=task, cycle=task.cycle, starts_on=starts_on)


def apply_due(plan: Plan, today: date) -> int:
    """Turn `Task.cycle` when the first period of the new cycle opens; returns how many turned.

    Until then the item is seen in the period that it still owes. Decided and logged before.
    """
    turned = 0
    opened = list(plan.periods.filter(opens_on__lte=today))
    # the last decided, whose period opens later than its day or earlier
    rows = TaskCycle.objects.open_ended().filter(task__plan=plan).select_related("task")
    for row in rows:
        has_opened = any(
            period.cycle == row.cycle and period.data_as_of >= row.starts_on for period in opened
        )
        if row.task.cycle != row.cycle and has_opened:
            row.task.cycle = row.cycle
            row.task.save(update_fields=["cycle"])
            turned += 1
    return turned
