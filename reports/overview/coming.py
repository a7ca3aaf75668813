"""The year that has begun beside the one that is shown: it has no 定稿 yet, and so nothing that
总览 could count, but its responsibilities can be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Count

from progress.models import Period
from progress.periods.access import periods_of
from tasks.holders.portfolios import in_charge
from tasks.models import Cycle, Plan, Task, TaskKind
from units.actors import Actor


class Coming(NamedTuple):
    """`own`: items of which the actor's post is in charge; `first`: its first period."""

    plan: Plan
    key_tasks: int
    projects: int
    own: int
    first: Period | None


def coming_of(plan: Plan, active: Sequence[Plan], actor: Actor, today: date) -> Coming | None:
    """The newest of the main series after `plan`, where it has no 定稿 yet. Two queries where there
    is one.
    """
    later = [each for each in active if each.is_main and each.year > plan.year]
    new = max(later, key=lambda each: each.year, default=None)
    if new is None or any(period.is_finalized for period in periods_of(new)):
        return None
    tasks = Task.objects.visible_to(actor).filter(plan=new)
    counted = dict(tasks.order_by().values_list("kind").annotate(Count("pk")))
    post = actor.appointment.post
    own = in_charge(tasks, post, today).count() if post is not None else 0
    monthly = [p for p in periods_of(new) if p.cycle == Cycle.MONTHLY and not p.is_before]
    return Coming(
        new,
        counted.get(TaskKind.KEY_TASK, 0),
        counted.get(TaskKind.PRACTICAL_PROJECT, 0),
        own,
        monthly[0] if monthly else None,
    )
