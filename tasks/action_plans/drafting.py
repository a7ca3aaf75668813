"""办理方案, while the primary writes it. What becomes of it then: `tasks.action_plans.workflow`.

Every writer of a draft goes through `edit`; page and Excel use the same keyword functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from tasks.action_plans.acceptance import content_in_force
from tasks.action_plans.content import Content, PlannedStep, from_json, to_json
from tasks.action_plans.permissions import can_write
from tasks.models import (
    ActionPlan,
    ActionPlanState,
    ActionPlanVersion,
    Designation,
    Indicator,
    Responsibility,
    Task,
)
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import Unit
from units.permissions import require

EDITABLE = frozenset({ActionPlanState.DRAFT, ActionPlanState.RETURNED})


def action_plan_of(task: Task, day: date) -> ActionPlan:
    """The item's 办理方案, made with its first draft on first use; that draft holds what is in
    force.

    Two at once are safe: the loser reads the winner's.
    """
    if found := ActionPlan.objects.filter(task=task).select_related("task__plan").first():
        return found
    try:
        with transaction.atomic():
            made = ActionPlan.objects.create(task=task)
            content = to_json(content_in_force(task, day))
            ActionPlanVersion.objects.create(action_plan=made, number=1, content=content)
    except IntegrityError:
        return ActionPlan.objects.select_related("task__plan").get(task=task)
    return made


def draft_of(action_plan: ActionPlan) -> Content:
    """What the latest version plans."""
    return from_json(action_plan.latest().content)


def edit(
    *,
    action_plan: ActionPlan,
    change: Callable[[Content], Content],
    actor: Actor,
    now: datetime,
    seen: str = "",
) -> ActionPlanVersion:
    """Change the draft under its lock, and log what it became.

    `seen`: the stamp of the version that a form showed; empty asks nothing. Raises `NotNow` when
    another person saved meanwhile or it has left the liaison, `Refused` for anybody else.
    """
    with transaction.atomic():
        locked = ActionPlan.objects.select_for_update(of=("self",)).select_related("task__plan")
        held = locked.get(pk=action_plan.pk)
        require(can_write(actor, held))
        if held.state not in EDITABLE:
            raise NotNow(f"{held}当前为“{held.get_state_display()}”，不能修改。请先撤回或修订。")
        version = held.latest()
        if seen and seen != version.stamp:
            raise NotNow(
                f"{version.edited_by_name}刚保存过此方案，您的内容还没有保存；请核对后再保存一次。"
            )
        before = version.content
        version.content = to_json(change(from_json(before)))
        if version.content != before or version.edited_at is None:
            _save(version, actor, now)
            log.record(
                actor=actor,
                action="actionplan.save",
                subject=held,
                summary=f"保存草稿：{version}",
                changes={"content": [before, version.content]},
                now=now,
            )
    return version


def _save(version: ActionPlanVersion, actor: Actor, now: datetime) -> None:
    version.edits += 1
    version.edited_at, version.edited_by = now, actor.user
    version.edited_by_name = actor.name
    version.save(update_fields=["content", "edits", "edited_at", "edited_by", "edited_by_name"])


def set_planned_values(
    *,
    action_plan: ActionPlan,
    indicator: Indicator,
    values: Mapping[date, Decimal],
    actor: Actor,
    now: datetime,
    unit: Unit | None = None,
) -> ActionPlanVersion:
    """计划值 of one row: cumulative, by the end of each day; of the city, or of one unit's part."""
    _require_of(action_plan, indicator.task_id)
    unit_id = unit.pk if unit is not None else None
    return edit(
        action_plan=action_plan,
        change=lambda content: content.with_values(indicator.pk, unit_id, values),
        actor=actor,
        now=now,
    )


def set_share(
    *,
    action_plan: ActionPlan,
    indicator: Indicator,
    unit: Unit,
    value: Decimal | None,
    actor: Actor,
    now: datetime,
) -> ActionPlanVersion:
    """分县目标; None takes it out."""
    _require_of(action_plan, indicator.task_id)
    return edit(
        action_plan=action_plan,
        change=lambda content: content.with_share(indicator.pk, unit.pk, value),
        actor=actor,
        now=now,
    )


def add_milestone(
    *,
    action_plan: ActionPlan,
    title: str,
    due_on: date,
    weight: int,
    responsibility: Responsibility,
    actor: Actor,
    now: datetime,
) -> ActionPlanVersion:
    """节点, behind those there are."""
    _require_of(action_plan, responsibility.task_id)
    step = PlannedStep(title, due_on, weight, responsibility.pk)
    return edit(
        action_plan=action_plan,
        change=lambda content: content.with_step(step),
        actor=actor,
        now=now,
    )


def set_needs(
    *,
    action_plan: ActionPlan,
    designation: Designation,
    units: Iterable[Unit],
    actor: Actor,
    now: datetime,
) -> ActionPlanVersion:
    """The units meant by a 相关…, as the lead needs them."""
    _require_of(action_plan, designation.task_id)
    ids = [unit.pk for unit in units]
    return edit(
        action_plan=action_plan,
        change=lambda content: content.with_needs(designation.pk, ids),
        actor=actor,
        now=now,
    )


def set_content(
    *,
    action_plan: ActionPlan,
    content: Content,
    actor: Actor,
    now: datetime,
    seen: str = "",
) -> ActionPlanVersion:
    """The whole draft, as the page or a workbook has it."""
    return edit(action_plan=action_plan, change=lambda _: content, actor=actor, now=now, seen=seen)


def _require_of(action_plan: ActionPlan, task_id: int | None) -> None:
    if task_id != action_plan.task_id:
        raise NotNow("所填内容不属于此事项。")
