"""新增指标: a number given to an item by decision in mid-year, with its target and its `Approval`.

It is owed, counted and expected from its day on; periods that end before keep what they had. A new
value of it later on is a 目标调整 like that of any other number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Max

from huangshi_tasks.lib import text
from tasks.changing.authority import Decision
from tasks.models import (
    Comparator,
    Direction,
    Indicator,
    IndicatorKind,
    IndicatorTarget,
    Responsibility,
    ResponsibilityRole,
    Task,
    TaskDeadline,
    Tracking,
)
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import Approval, Unit
from units.permissions import can_run_the_year, require

IN_WORDS = frozenset({Tracking.QUALITATIVE, Tracking.ONGOING})


@dataclass(frozen=True)
class NewIndicator:
    """What is measured. `unit` files it; None is the one that writes the item's report."""

    name: str
    unit_of_measure: str
    kind: str
    comparator: str
    value: Decimal
    upper: Decimal | None = None
    tracks_start: bool = False
    definition: str = ""
    unit: Unit | None = None


def add_indicators(
    *,
    task: Task,
    indicators: Sequence[NewIndicator],
    starts_on: date,
    decision: Decision,
    actor: Actor,
    now: datetime,
) -> list[Indicator]:
    """增加指标 to an item. One that was judged in words is judged by its numbers from now on."""
    require(can_run_the_year(actor))
    with decision.registered(actor, now) as approval:
        locked = Task.objects.select_for_update(of=("self",)).select_related("plan").get(pk=task.pk)
        _check_day(locked, starts_on)
        made = write_indicators(locked, indicators, approval, starts_on)
        changes: dict[str, object] = {"indicators": [_said(each) for each in indicators]}
        if locked.tracking in IN_WORDS:
            changes["tracking"] = [locked.tracking, Tracking.QUANTITATIVE]
            locked.tracking = Tracking.QUANTITATIVE
            locked.save(update_fields=["tracking"])
        log.record(
            actor=actor,
            action="task.indicator",
            subject=locked,
            summary=f"增加指标：{locked} {'、'.join(each.name for each in indicators)}",
            changes={**changes, "starts_on": starts_on},
            reason=str(approval),
            now=now,
        )
    return made


def write_indicators(
    task: Task, indicators: Sequence[NewIndicator], approval: Approval, starts_on: date
) -> list[Indicator]:
    """The rows, behind those that the item has; call inside the transaction of the decision."""
    leads = Responsibility.objects.on(starts_on).exclude(role=ResponsibilityRole.SUPPORT)
    held = {row.unit_id: row for row in leads.filter(task=task)}
    primary = next((row for row in held.values() if row.is_primary), None)
    taken = set(task.indicators.values_list("name", flat=True))
    last = task.indicators.aggregate(last=Max("ordinal"))["last"] or 0
    made = []
    for place, each in enumerate(indicators, start=last + 1):
        reporting = primary if each.unit is None else held.get(each.unit.pk)
        if reporting is None:
            raise NotNow(
                f"{each.unit or '汇总牵头单位'}不是此项的牵头单位，不能填报“{each.name}”。"
            )
        if each.name in taken:
            raise NotNow(f"此项已有指标“{each.name}”，请换一个名称。")
        taken.add(each.name)
        made.append(_write(task, each, place, reporting, approval, starts_on))
    return made


def _write(
    task: Task,
    new: NewIndicator,
    place: int,
    reporting: Responsibility,
    approval: Approval,
    starts_on: date,
) -> Indicator:
    is_ceiling = new.comparator == Comparator.LE
    indicator = Indicator.objects.create(
        plan=task.plan,
        task=task,
        ordinal=place,
        name=new.name,
        unit_of_measure=new.unit_of_measure,
        kind=new.kind,
        comparator=new.comparator,
        direction=Direction.DOWN if is_ceiling else Direction.UP,
        tracks_start=new.tracks_start and new.kind == IndicatorKind.CUMULATIVE,
        definition=new.definition,
        responsibility=reporting,
        source_text=_said(new)[:200],
        approval=approval,
        added_on=starts_on,
    )
    IndicatorTarget.objects.create(
        indicator=indicator,
        value=new.value,
        upper=new.upper,
        starts_on=starts_on,
        approval=approval,
    )
    return indicator


def _check_day(task: Task, starts_on: date) -> None:
    """Not before the item, not after its end, and not within what was finalized."""
    if starts_on < (task.added_on or task.plan.issued_on):
        raise NotNow("指标的起始日期不能早于事项的起始日期。")
    due_on = (
        TaskDeadline.objects.on(starts_on)
        .filter(task=task)
        .values_list("due_on", flat=True)
        .first()
    )
    if starts_on.year != task.plan.year or (due_on is not None and starts_on > due_on):
        raise NotNow("指标的起始日期须在本年度内，且不能晚于完成时限。")
    finalized = task.plan.periods.filter(finalized_at__isnull=False, cycle=task.cycle)
    last = finalized.order_by("-data_as_of").first()
    if last is not None and starts_on <= last.data_as_of:
        day = text.day(last.data_as_of)
        raise NotNow(f"{last.label}已经定稿（数据截至{day}），指标的起始日期须晚于该日。")


def _said(new: NewIndicator) -> str:
    """改造道路50公里以上, 10—12家: how a notice would print it."""
    end = f"—{text.number(new.upper)}" if new.upper is not None else ""
    suffix = {Comparator.GE: "以上", Comparator.LE: "以内", Comparator.ABOUT: "左右"}
    tail = suffix.get(Comparator(new.comparator), "")
    return f"{new.name}{text.number(new.value)}{end}{new.unit_of_measure}{tail}"
