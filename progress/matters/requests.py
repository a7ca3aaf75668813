"""What a unit asks on an instruction instead of answering: another unit, or more time.

Source: practice.md §6, 批示件: an objection within two working days of being handed it, an
extension within the limit and in writing. The office registers what was decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from huangshi_tasks.lib import text as words
from huangshi_tasks.lib.clock import SHANGHAI
from progress.matters.instructions import tell_assigned
from progress.matters.notices import tell_office, tell_unit
from progress.matters.permissions import can_receive, unit_of
from progress.matters.workflow import REQUESTS
from progress.models import (
    Instruction,
    InstructionRequest,
    InstructionUnit,
    RequestKind,
    RequestState,
    UnitRole,
)
from units import log
from units.actors import Actor
from units.calendar.workdays import add_workdays
from units.errors import NotNow
from units.models import Approval, Unit
from units.permissions import require

OBJECTION_WORKDAYS = 2


def objection_ends_on(instruction: Instruction) -> date:
    """The last day on which the lead may object to being named."""
    leads = [each for each in instruction.units.all() if each.role == UnitRole.LEAD]
    named_on = max(each.starts_on for each in leads if each.is_open_ended)
    return add_workdays(named_on, OBJECTION_WORKDAYS)


def object_to(
    *,
    instruction: Instruction,
    actor: Actor,
    now: datetime,
    reason: str,
    proposed_unit: str = "",
) -> InstructionRequest:
    """交办异议 of the lead unit. Raises `NotNow` after two working days."""
    last = objection_ends_on(instruction)
    if now.astimezone(SHANGHAI).date() > last:
        raise NotNow(f"交办异议应在{words.day(last)}前提出，现已超过期限，请与督查室联系。")
    return _ask(instruction, RequestKind.OBJECTION, actor, now, reason, proposed_unit=proposed_unit)


def ask_extension(
    *, instruction: Instruction, actor: Actor, now: datetime, reason: str, wanted_on: date
) -> InstructionRequest:
    """延期申请, before the day is over. Raises `NotNow` afterwards and for a day not later."""
    if now.astimezone(SHANGHAI).date() > instruction.due_on:
        due = words.day(instruction.due_on)
        raise NotNow(f"办理期限（{due}）已过，延期应在期限内申请，请与督查室联系。")
    if wanted_on <= instruction.due_on:
        raise NotNow(f"申请延至的日期应晚于现办理期限{words.day(instruction.due_on)}。")
    return _ask(instruction, RequestKind.EXTENSION, actor, now, reason, wanted_on=wanted_on)


@transaction.atomic
def _ask(
    instruction: Instruction,
    kind: str,
    actor: Actor,
    now: datetime,
    reason: str,
    *,
    proposed_unit: str = "",
    wanted_on: date | None = None,
) -> InstructionRequest:
    require(can_receive(actor, instruction))
    locked = Instruction.objects.select_for_update().get(pk=instruction.pk)
    if not locked.is_with_unit:
        raise NotNow(f"{locked}当前为“{locked.get_state_display()}”，不能申请。请刷新页面。")
    if locked.requests.filter(kind=kind, state=RequestState.REQUESTED).exists():
        raise NotNow("已有待处理的申请，请等督查室答复。")
    request = InstructionRequest.objects.create(
        instruction=locked,
        kind=kind,
        unit=unit_of(locked),
        reason=reason,
        wanted_on=wanted_on,
        proposed_unit=proposed_unit,
        requested_by=actor.user,
        requested_by_name=actor.name,
        requested_at=now,
    )
    log.record(
        actor=actor,
        action="instructionrequest.ask",
        subject=request,
        summary=f"{request.get_kind_display()}：{locked}",
        changes={"wanted_on": wanted_on, "proposed_unit": proposed_unit},
        reason=reason,
        now=now,
    )
    tell_office(locked, f"req{request.pk}", f"提出{request.get_kind_display()}", now)
    return request


@transaction.atomic
def grant_extension(
    *, request: InstructionRequest, actor: Actor, now: datetime, approval: Approval, until: date
) -> InstructionRequest:
    """登记同意延期: the day moves, by whose decision is kept."""
    REQUESTS.permit("grant", request, actor)
    instruction = request.instruction
    if until <= instruction.due_on:
        raise NotNow(f"延至的日期应晚于现办理期限{words.day(instruction.due_on)}。")
    details = {"due_on": [instruction.due_on, until]}

    def stamp(locked: InstructionRequest) -> Sequence[str]:
        approval.save()
        locked.approval = approval
        return ["approval", *_decided(locked, actor, now, str(approval))]

    done = REQUESTS.perform(
        "grant", request, actor=actor, now=now, stamp=stamp, details=details, reason=str(approval)
    )
    instruction.due_on = until
    instruction.save(update_fields=["due_on"])
    text = f"{instruction}同意延期，办理期限延至{words.day(until)}。"
    tell_unit(instruction, f"granted:{done.pk}", text, now)
    return done


@transaction.atomic
def grant_objection(
    *, request: InstructionRequest, actor: Actor, now: datetime, lead: Unit, note: str
) -> InstructionRequest:
    """同意异议: another unit carries it out from today; the former is named in the trail."""
    REQUESTS.permit("grant", request, actor)
    instruction, today = request.instruction, now.date()
    former = unit_of(instruction)
    if lead == former:
        raise NotNow(f"{former}已是承办单位，请选择其他单位。")

    def stamp(locked: InstructionRequest) -> Sequence[str]:
        return _decided(locked, actor, now, note)

    done = REQUESTS.perform(
        "grant",
        request,
        actor=actor,
        now=now,
        stamp=stamp,
        details={"lead": [former.name, lead.name]},
        reason=note,
    )
    _hand_over(instruction, lead, today)
    said = f"{instruction}改由{lead}承办。"
    tell_unit(instruction, f"moved:{done.pk}", said, now, unit=former)
    tell_assigned(instruction, [(lead, UnitRole.LEAD)], now)
    return done


def _hand_over(instruction: Instruction, lead: Unit, today: date) -> None:
    """End the row of the former lead, and that of the new one as co; open one for the new lead."""
    open_rows = InstructionUnit.objects.open_ended().filter(instruction=instruction)
    for row in open_rows:
        if row.role == UnitRole.LEAD or row.unit_id == lead.pk:
            row.ends_on = max(row.starts_on, today - timedelta(days=1))
            row.save(update_fields=["ends_on"])
    InstructionUnit.objects.create(
        instruction=instruction, unit=lead, role=UnitRole.LEAD, starts_on=today
    )


@transaction.atomic
def decline(
    *, request: InstructionRequest, actor: Actor, now: datetime, reason: str
) -> InstructionRequest:
    """不同意, with a reason; the unit is told and goes on."""

    def stamp(locked: InstructionRequest) -> Sequence[str]:
        return _decided(locked, actor, now, reason)

    done = REQUESTS.perform("decline", request, actor=actor, now=now, stamp=stamp, reason=reason)
    text = f"{done.instruction}的{done.get_kind_display()}未同意。{reason}"
    tell_unit(done.instruction, f"declined:{done.pk}", text, now)
    return done


def _decided(locked: InstructionRequest, actor: Actor, now: datetime, note: str) -> Sequence[str]:
    locked.decided_by_name, locked.decided_at = actor.name, now
    locked.decision_note = note[:300]
    return ("decided_by_name", "decided_at", "decision_note")
