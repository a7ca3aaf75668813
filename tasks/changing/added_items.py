"""新增: an item added by decision in mid-year, not of the notice, with its `Approval`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tasks.changing.added_indicators import NewIndicator, write_indicators
from tasks.changing.authority import Decision
from tasks.models import (
    Area,
    Designation,
    Plan,
    Responsibility,
    ResponsibilityRole,
    Task,
    TaskDeadline,
    TaskKind,
    Theme,
)
from tasks.numbering import next_number
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import Approval, Unit
from units.permissions import can_run_the_year, require


@dataclass(frozen=True)
class NewItem:
    """What an added item is about, and who answers for it; the first of `leads` is the primary."""

    text: str
    short_title: str
    area: Area
    theme: Theme | None
    tracking: str
    cycle: str
    leads: Sequence[Unit]
    supports: Sequence[Unit]
    due_on: date
    indicators: Sequence[NewIndicator] = ()


def add_item(
    *, plan: Plan, item: NewItem, decision: Decision, starts_on: date, actor: Actor, now: datetime
) -> Task:
    """新增: the next number of the key tasks, owed from its first period on."""
    require(can_run_the_year(actor))
    if not item.leads:
        raise NotNow("请选择牵头单位。")
    if starts_on < plan.issued_on or item.due_on < starts_on:
        raise NotNow("起始日期不能早于通知的成文日期，完成时限不能早于起始日期。")
    with decision.registered(actor, now) as approval:
        task = _create(plan, item, approval, starts_on)
        _assign(task, ResponsibilityRole.LEAD, item.leads, starts_on)
        supports = [unit for unit in item.supports if unit not in item.leads]
        _assign(task, ResponsibilityRole.SUPPORT, supports, starts_on, first=len(item.leads))
        TaskDeadline.objects.create(task=task, due_on=item.due_on, starts_on=starts_on)
        assert task.approval is not None
        write_indicators(task, item.indicators, task.approval, starts_on)
        _log(task, item, supports, actor, now)
    return task


def _create(plan: Plan, item: NewItem, approval: Approval, starts_on: date) -> Task:
    keyed = Task.objects.filter(plan=plan, kind=TaskKind.KEY_TASK)
    return Task.objects.create(
        plan=plan,
        kind=TaskKind.KEY_TASK,
        number=next_number(plan, keyed),
        area=item.area,
        theme=item.theme,
        text=item.text,
        short_title=item.short_title,
        tracking=item.tracking,
        cycle=item.cycle,
        approval=approval,
        added_on=starts_on,
    )


def _log(task: Task, item: NewItem, supports: Sequence[Unit], actor: Actor, now: datetime) -> None:
    log.record(
        actor=actor,
        action="task.add",
        subject=task,
        summary=f"新增事项：{task}",
        changes={
            "text": task.text,
            "leads": [unit.name for unit in item.leads],
            "supports": [unit.name for unit in supports],
            "starts_on": task.added_on,
            "due_on": item.due_on,
            "indicators": list(task.indicators.values_list("source_text", flat=True)),
        },
        reason=str(task.approval),
        now=now,
    )


def _assign(task: Task, role: str, units: Sequence[Unit], starts_on: date, first: int = 0) -> None:
    """The decision's words, and the responsibilities that come of them."""
    for place, unit in enumerate(units, start=first + 1):
        designation = Designation.objects.create(
            task=task, role=role, ordinal=place, printed=unit.name, unit=unit
        )
        Responsibility.objects.create(
            task=task,
            unit=unit,
            role=role,
            designation=designation,
            ordinal=place,
            is_primary=place == 1 and role == ResponsibilityRole.LEAD,
            starts_on=starts_on,
        )
