"""分管领导 and 责任督查员 of an item: the posts that have it, or the unit that writes its report.

A portfolio of the item itself comes before one of its unit. Posts count, not people: whoever holds
the post inherits what is bound to it (design.md section 2, 职务/分工).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from django.db import models
from django.db.models import DateField, IntegerField, Q

from tasks.models import Plan, Portfolio, PortfolioKind, Responsibility, Task
from tasks.models.items import TaskQuerySet
from units.actors import Actor
from units.asking.prepared import prepared
from units.models import Post
from units.stamps.shown import FINALIZED


class Held(Protocol):
    """What is asked of a responsibility: who has what, and whether it writes the report."""

    @property
    def task_id(self) -> int: ...
    @property
    def unit_id(self) -> int: ...
    @property
    def is_primary(self) -> bool: ...


def in_charge_of(
    tasks: Iterable[Task], day: date, held: Iterable[Held] | None = None
) -> dict[int, list[Post]]:
    """Task id → posts in charge on `day`, in the order of posts; two queries for any number.

    `held`: the responsibilities that hold on `day`, where the caller has them already.
    Every task has its entry; the list is empty where nobody is in charge.
    """
    ids = [task.pk for task in tasks]
    if held is None:
        held = Responsibility.objects.on(day).filter(task__in=ids, is_primary=True)
    unit_of = {each.task_id: each.unit_id for each in held if each.is_primary}
    of_task: dict[int, list[Post]] = defaultdict(list)
    of_unit: dict[int, list[Post]] = defaultdict(list)
    for portfolio in _in_charge(day=day):
        if portfolio.task_id is not None:
            of_task[portfolio.task_id].append(portfolio.post)
        elif portfolio.unit_id is not None:
            of_unit[portfolio.unit_id].append(portfolio.post)
    return {pk: of_task.get(pk) or of_unit.get(unit_of.get(pk, 0)) or [] for pk in ids}


@prepared(FINALIZED, day=DateField())
def _in_charge(day: Any) -> models.QuerySet[Portfolio]:
    return _held(day).select_related("post").order_by("post__ordinal", "post_id")


def in_charge(tasks: TaskQuerySet, post: Post, day: date) -> TaskQuerySet:
    """The tasks of which `post` is in charge on `day`; the same answer as `in_charge_of`."""
    return _of_post(tasks, post, day, PortfolioKind.IN_CHARGE)


def supervised_by(actor: Actor, day: date, tasks: TaskQuerySet | None = None) -> TaskQuerySet:
    """我负责: those of `tasks` (None: all) that the actor's post supervises on `day`; none without
    a post.

    An officer of the item itself comes before one of its unit.
    """
    post = actor.appointment.post
    if not actor.is_office or post is None:
        return Task.objects.none()
    among = Task.objects.visible_to(actor) if tasks is None else tasks
    return _of_post(among, post, day, PortfolioKind.SUPERVISING)


def supervised_ids(post: int, plan: Plan, day: date) -> list[int]:
    """The ids of those of a plan, for the office: the same answer as `supervised_by`."""
    return _supervised(post=post, plan=plan.pk, day=day)


@prepared(FINALIZED, post=IntegerField(), plan=IntegerField(), day=DateField())
def _supervised(post: Any, plan: Any, day: Any) -> models.QuerySet[Task, int]:
    found = _of_post(Task.objects.filter(plan=plan), post, day, PortfolioKind.SUPERVISING)
    return found.order_by().values_list("pk", flat=True)


def _of_post(tasks: TaskQuerySet, post: Post, day: date, kind: str) -> TaskQuerySet:
    held = _held(day, kind)
    with_own = held.filter(task__isnull=False).values("task_id")
    mine = held.filter(post=post)
    led = Responsibility.objects.on(day).filter(
        is_primary=True,
        unit__in=mine.filter(unit__isnull=False).values("unit_id"),
        task__in=tasks.values("pk"),
    )
    by_task = Q(pk__in=mine.filter(task__isnull=False).values("task_id"))
    by_unit = Q(pk__in=led.values("task_id")) & ~Q(pk__in=with_own)
    return tasks.filter(by_task | by_unit)


def _held(day: date, kind: str = PortfolioKind.IN_CHARGE) -> models.QuerySet[Portfolio]:
    return Portfolio.objects.on(day).filter(kind=kind)
