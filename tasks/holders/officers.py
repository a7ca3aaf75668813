"""责任督查员: which post of the office watches over an item, or over all items of a unit."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from tasks.models import Plan, Portfolio, PortfolioKind, Task
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import Appointment, Post, PostKind, Unit
from units.permissions import can_run_the_year, require

ONE_DAY = timedelta(days=1)


def officers() -> list[Post]:
    """Posts of supervisors that are in use; the administrator makes them and appoints to them."""
    return list(Post.objects.filter(kind=PostKind.SUPERVISOR, retired_on__isnull=True))


def assign(
    *,
    post: Post,
    starts_on: date,
    actor: Actor,
    now: datetime,
    unit: Unit | None = None,
    task: Task | None = None,
) -> Portfolio:
    """指定 for a unit or one item; who had it until then has it until the day before."""
    require(can_run_the_year(actor))
    if post.kind != PostKind.SUPERVISOR:
        raise NotNow(f"{post}不是督查员职务。")
    with transaction.atomic():
        held = (
            Portfolio.objects.not_over(starts_on)
            .select_for_update(of=("self",))
            .filter(kind=PortfolioKind.SUPERVISING, unit=unit, task=task)
        )
        for before in held.select_related("post"):
            if before.post_id == post.pk and before.is_open_ended:
                raise NotNow(f"已由{post}负责。")
            _close(before, starts_on)
        made = Portfolio.objects.create(
            post=post,
            kind=PortfolioKind.SUPERVISING,
            unit=unit,
            task=task,
            starts_on=starts_on,
        )
        _log("assign", "指定责任督查员", made, actor, now)
    return made


def end(*, portfolio: Portfolio, last_day: date, actor: Actor, now: datetime) -> Portfolio:
    """终止, with `last_day` as the last on which it holds."""
    require(can_run_the_year(actor))
    with transaction.atomic():
        locked: Portfolio = (
            Portfolio.objects.select_for_update(of=("self",))
            .select_related("post", "unit", "task")
            .get(pk=portfolio.pk)
        )
        if not locked.is_open_ended:  # its last day is decided
            raise NotNow("此项分工已经终止。")
        locked.ends_on = max(last_day, locked.starts_on)
        locked.save(update_fields=["ends_on"])
        _log("end", "终止责任督查员", locked, actor, now)
    return locked


def _close(before: Portfolio, starts_on: date) -> None:
    if before.starts_on >= starts_on:
        raise NotNow(f"起始日期须晚于现有分工的起始日期{before.starts_on:%Y-%m-%d}。")
    before.ends_on = starts_on - ONE_DAY
    before.save(update_fields=["ends_on"])


def standing(plan: Plan, day: date) -> list[Portfolio]:
    """What is assigned now or later, of units and of the plan's items, by post."""
    held = Portfolio.objects.not_over(day).filter(kind=PortfolioKind.SUPERVISING)
    held = held.filter(unit__isnull=False) | held.filter(task__plan=plan)
    rows = held.select_related("post", "unit", "task__plan")
    return list(rows.order_by("post__ordinal", "post_id", "unit__ordinal", "task__number"))


def holders_of(posts: list[Post], day: date) -> dict[int, list[str]]:
    """Post → the people appointed to it on `day`."""
    found: dict[int, list[str]] = {post.pk: [] for post in posts}
    for held in Appointment.objects.on(day).filter(post__in=posts).select_related("user"):
        found[held.post_id].append(str(held.user))
    return found


def _log(action: str, word: str, portfolio: Portfolio, actor: Actor, now: datetime) -> None:
    log.record(
        actor=actor,
        action=f"portfolio.{action}",
        subject=portfolio,
        summary=f"{word}：{portfolio.post} {portfolio.unit or portfolio.task}",
        changes={"starts_on": portfolio.starts_on, "ends_on": portfolio.ends_on},
        now=now,
    )
