"""交办事项: registered by the office on behalf of whoever handed it out, then closed or returned.

Source: issue 4 no. 13, design.md section 4; urgent 5 and ordinary 15 working days, from the day
of the registration.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from huangshi_tasks.lib import text as words
from progress.matters.notices import tell_unit
from progress.matters.permissions import can_handle
from progress.matters.workflow import INSTRUCTIONS
from progress.models import (
    Instruction,
    InstructionSource,
    InstructionUnit,
    ReportVersion,
    UnitRole,
    Urgency,
)
from tasks.models import Plan, Task, Visibility
from tasks.numbering import next_number
from units import log
from units.actors import Actor
from units.calendar.workdays import add_workdays
from units.city.words import said
from units.models import Post, Unit, User
from units.permissions import require

WORKDAYS = {Urgency.URGENT: 5, Urgency.ORDINARY: 15}


def due_day(urgency: str, today: date) -> date:
    """The last day for an answer to what is registered on `today`."""
    return add_workdays(today, WORKDAYS[Urgency(urgency)])


def register(
    *,
    plan: Plan,
    source: str,
    title: str,
    text: str,
    decided_by: str,
    decided_on: date,
    lead: Unit,
    actor: Actor,
    now: datetime,
    urgency: str = Urgency.ORDINARY,
    due_on: date | None = None,
    post: Post | None = None,
    paper: str = "",
    visibility: str = Visibility.NORMAL,
    co_units: Iterable[Unit] = (),
    tasks: Iterable[Task] = (),
    named_readers: Iterable[User] = (),
    version: ReportVersion | None = None,
) -> Instruction:
    """登记 with the units that carry it out; they are told at once. One log entry.

    Without `due_on` the urgency says how long it may take.
    """
    require(can_handle(actor))
    with transaction.atomic():
        instruction = Instruction.objects.create(
            plan=plan,
            source=source,
            number=next_number(plan, Instruction.objects.filter(plan=plan, source=source)),
            title=title,
            text=text,
            post=post,
            decided_by=decided_by,
            decided_on=decided_on,
            paper=paper,
            visibility=visibility,
            version=version,
            urgency=urgency,
            due_on=due_on or due_day(urgency, now.date()),
            registered_by=actor.user,
            registered_by_name=actor.name,
            registered_at=now,
        )
        instruction.tasks.set(tasks)
        instruction.named_readers.set(named_readers)
        _assign(instruction, lead, co_units, now)
        log.record(
            actor=actor,
            action="instruction.register",
            subject=instruction,
            summary=f"登记交办事项：{instruction}",
            changes={
                "lead": lead.name,
                "co_units": [unit.name for unit in co_units],
                "decided_by": decided_by,
                "due_on": instruction.due_on,
            },
            now=now,
        )
    return instruction


def _assign(instruction: Instruction, lead: Unit, co_units: Iterable[Unit], now: datetime) -> None:
    today = now.date()
    roles = [(lead, UnitRole.LEAD), *((unit, UnitRole.CO) for unit in co_units if unit != lead)]
    InstructionUnit.objects.bulk_create(
        InstructionUnit(instruction=instruction, unit=unit, role=role, starts_on=today)
        for unit, role in roles
    )
    tell_assigned(instruction, roles, now)


def tell_assigned(
    instruction: Instruction, roles: Sequence[tuple[Unit, str]], now: datetime
) -> None:
    """Tell every unit named in `roles`; of a restricted matter only the lead may know."""
    due = words.day(instruction.due_on)
    for unit, role in roles:
        if role == UnitRole.LEAD:
            sentence = f"{opening(instruction)}：{instruction.title}，请于{due}前答复。"
        elif not instruction.is_restricted:
            lead = next(unit for unit, role in roles if role == UnitRole.LEAD)
            sentence = f"{opening(instruction)}：{instruction.title}，由{lead}承办，请协办。"
        else:
            continue
        tell_unit(instruction, f"assigned:{now:%Y%m%d%H%M%S}", sentence, now, unit=unit)


def opening(instruction: Instruction) -> str:
    """How a notice begins, by source."""
    return {
        InstructionSource.WRITTEN: said("市领导批示交办"),
        InstructionSource.MEETING: "会议议定交办",
        InstructionSource.CHECK: "督查发现问题交办",
        InstructionSource.COORDINATION: "需协调事项交办",
    }[InstructionSource(instruction.source)]


def receive(*, instruction: Instruction, actor: Actor, now: datetime) -> Instruction:
    """签收."""

    def stamp(locked: Instruction) -> Sequence[str]:
        locked.received_by_name, locked.received_at = actor.name, now
        return ("received_by_name", "received_at")

    return INSTRUCTIONS.perform("receive", instruction, actor=actor, now=now, stamp=stamp)


@transaction.atomic
def revoke(*, instruction: Instruction, actor: Actor, now: datetime, reason: str) -> Instruction:
    """撤销 what was registered by mistake; the unit is told."""
    done = INSTRUCTIONS.perform("revoke", instruction, actor=actor, now=now, reason=reason)
    tell_unit(done, "revoked", f"{done.code}交办事项已撤销，不再办理。{reason}", now)
    return done


@transaction.atomic
def reopen(*, instruction: Instruction, actor: Actor, now: datetime, reason: str) -> Instruction:
    """重新办理 what was closed; the answers so far stay."""

    def stamp(locked: Instruction) -> Sequence[str]:
        locked.closed_on, locked.conclusion = None, ""
        return ("closed_on", "conclusion")

    done = INSTRUCTIONS.perform(
        "reopen", instruction, actor=actor, now=now, stamp=stamp, reason=reason
    )
    again = f"reopened:{done.answers.count()}"
    tell_unit(done, again, f"{done}重新办理，请继续办理并答复。{reason}", now)
    return done
