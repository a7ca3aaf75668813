"""What of a plan has been changed since the notice, and the trail of one item."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from huangshi_tasks.lib.fold import fold, pattern
from tasks.models import Plan, Task, TaskCycle, Visibility, Wording
from units.models import LogEntry

ACTIONS = ("task.add", "task.mend", "task.indicator", "task.cycle", "task.visibility")


def changed_tasks(plan: Plan) -> list[Task]:
    """Added, mended, restricted or of another cycle than at first."""
    wordings = Wording.objects.filter(task=OuterRef("pk"))
    cycles = TaskCycle.objects.filter(task=OuterRef("pk"))
    changed = (
        Q(added_on__isnull=False)
        | Q(visibility=Visibility.RESTRICTED)
        | Exists(wordings)
        | Exists(cycles)
    )
    found = Task.objects.filter(changed, plan=plan).select_related("plan", "approval")
    return list(found.prefetch_related("wordings__approval", "cycles"))


@dataclass(frozen=True)
class Trail:
    """Of one item: its wordings and cycles by date, and what the log says of them."""

    wordings: list[Wording]
    cycles: list[TaskCycle]
    entries: list[LogEntry]


def trail_of(task: Task) -> Trail:
    entries = LogEntry.objects.filter(
        subject_type="task", subject_id=task.pk, action__in=ACTIONS
    ).order_by("-position")
    return Trail(
        wordings=list(task.wordings.select_related("approval").order_by("-starts_on")),
        cycles=list(task.cycles.order_by("-starts_on")),
        entries=list(entries),
    )


def search_tasks(plan: Plan, words: str) -> list[Task]:
    """Items to change, by number or words."""
    looks = pattern(words)
    by_words = Q(short_title__iregex=looks) | Q(text__iregex=looks)
    if fold(words).isdecimal() and len(fold(words)) < 5:
        by_words |= Q(number=int(fold(words)))
    return list(Task.objects.filter(by_words, plan=plan).select_related("plan")[:30])


def coming(cycles: list[TaskCycle], task: Task) -> TaskCycle | None:
    """The cycle that is decided but not yet in force."""
    return next((row for row in cycles if row.is_open_ended and row.cycle != task.cycle), None)
