"""What is decided of a name that was left open: it is that unit, or no unit at all. Nothing that
was finalized changes: a unit answers from a later day on, by a 责任调整 of each item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huangshi_tasks.lib import text
from progress.adjustments.acts import register_adjustment, request_adjustment
from progress.models import AdjustmentKind
from progress.starting.acts import solve
from progress.starting.unknown_names import earliest_start, first_of, places_of
from tasks.desk.editing.names import adopt, new_unit
from tasks.models import Designation, LeftOpen, Responsibility, ResponsibilityRole
from tasks.naming.taking_on import STRENGTH
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.files.approvals import new_approval
from units.models import Unit
from units.permissions import can_run_the_year, require

NO_UNIT = "不是单位"
TOO_EARLY = "{last}以前的填报期已定稿，起始日期最早为{day}。"
NOT_YET = "{item}首位的“{name}”还没有明确，请先处理它，再处理“{mine}”。"
NO_LEAD = "{item}还没有汇总牵头单位，请先登记责任调整，再处理“{mine}”。"


@dataclass(frozen=True)
class Decided:
    """Who decided that the unit answers, when, on which paper, and from which day on."""

    decided_by: str
    decided_on: date
    authority: str
    starts_on: date


@transaction.atomic
def is_unit(
    *, question: LeftOpen, unit: Unit, decided: Decided, actor: Actor, now: datetime
) -> LeftOpen:
    """这个名称就是该单位: here, with what it is named for, and in every notice to come."""
    require(can_run_the_year(actor))
    locked = _locked(question)
    _refuse_day(locked, decided.starts_on)
    places = places_of(locked.plan, [locked.name])
    taken = [_take_on(each, unit, decided, actor, now) for each in places]
    adopt(printed=locked.name, of=unit, actor=actor, now=now)
    words = f"就是{text.full_width(unit.name)}"
    if any(taken):
        words += f"，自{text.day(decided.starts_on)}起承担{sum(taken)}项"
    return solve(question=locked, solution=words, actor=actor, now=now)


@transaction.atomic
def is_new_unit(
    *, question: LeftOpen, name: str, kind: str, decided: Decided, actor: Actor, now: datetime
) -> LeftOpen:
    """新增单位, and it is that one."""
    require(can_run_the_year(actor))
    _locked(question)
    new_unit(printed=question.name, name=name, kind=kind, actor=actor, now=now)
    unit = Unit.objects.get(name=name)
    return is_unit(question=question, unit=unit, decided=decided, actor=actor, now=now)


def is_no_unit(*, question: LeftOpen, note: str, actor: Actor, now: datetime) -> LeftOpen:
    """不是单位: nobody answers by it, and what the notice prints stays as it is."""
    words = f"{NO_UNIT}：{note}" if note else NO_UNIT
    return solve(question=question, solution=words, actor=actor, now=now)


def _locked(question: LeftOpen) -> LeftOpen:
    found = LeftOpen.objects.select_for_update(of=("self",)).select_related("plan")
    locked = found.get(pk=question.pk)
    if locked.solved_at is not None:
        raise NotNow(f"{locked.solved_by_name}已处理：{locked.solution}。")
    return locked


def _refuse_day(question: LeftOpen, starts_on: date) -> None:
    earliest = earliest_start(question.plan)
    if starts_on >= earliest:
        return
    if earliest == question.plan.issued_on:
        raise NotNow(f"起始日期不能早于通知的成文日期{text.long_day(earliest)}。")
    raise NotNow(TOO_EARLY.format(last=text.day(earliest), day=text.day(earliest)))


def _take_on(place: Designation, unit: Unit, decided: Decided, actor: Actor, now: datetime) -> bool:
    """The name stands for the unit; whether that changes who answers for the item."""
    place.unit = unit
    place.save(update_fields=["unit"])
    log.record(
        actor=actor,
        action="designation.meant",
        subject=place.task,
        summary=f"明确责任表述：{place.task}“{place.printed}”是{unit}",
        changes={"unit": [None, unit.pk]},
        now=now,
    )
    on = Responsibility.objects.not_over(decided.starts_on).filter(task=place.task)
    leads = place.role != ResponsibilityRole.SUPPORT
    is_first = leads and not on.filter(is_primary=True).exists()
    if is_first:
        _refuse_out_of_turn(place)
    held = on.filter(unit=unit).first()
    if held is not None and not is_first and STRENGTH[held.role] <= STRENGTH[place.role]:
        return False  # it answers already, as much or more
    detail = {
        "leaving": None, "unit": unit.pk, "role": place.role, "becomes_primary": is_first,
    }  # fmt: skip
    asked = request_adjustment(
        task=place.task,
        kind=AdjustmentKind.RESPONSIBILITY,
        reason=f"通知所列“{place.printed}”就是{unit}。",
        starts_on=decided.starts_on,
        detail=detail,
        actor=actor,
        now=now,
    )
    approval = new_approval(
        decided_by=decided.decided_by,
        decided_on=decided.decided_on,
        authority=decided.authority,
        actor=actor,
        now=now,
    )
    register_adjustment(adjustment=asked, approval=approval, actor=actor, now=now)
    on.filter(unit=unit, starts_on=decided.starts_on).update(designation=place)
    return True


def _refuse_out_of_turn(place: Designation) -> None:
    """Nobody slips into the place of whom the notice names first."""
    leading = place.task.designations.exclude(role=ResponsibilityRole.SUPPORT)
    first = first_of(leading, _no_units(place))
    if first is None or first.pk == place.pk:
        return
    item = str(place.task)
    if first.unit_id is None and first.group_id is None:
        raise NotNow(NOT_YET.format(item=item, name=first.printed, mine=place.printed))
    raise NotNow(NO_LEAD.format(item=item, mine=place.printed))


def _no_units(place: Designation) -> Sequence[str]:
    said = LeftOpen.objects.filter(plan=place.task.plan, solution__startswith=NO_UNIT)
    return list(said.exclude(name="").values_list("name", flat=True))
