"""督办单: drafted by the office, signed elsewhere (registered here), sent, followed up.

What the unit does with it is `progress.matters.answers`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from huangshi_tasks.lib import text as words
from progress.matters.answers import judge, last_answer
from progress.matters.files import keep_file
from progress.matters.notices import tell_unit
from progress.matters.permissions import can_handle
from progress.matters.workflow import ORDERS
from progress.models import Decision, Instruction, MatterFileKind, OrderState, SupervisionOrder
from tasks.models import Plan, Task
from tasks.numbering import next_number
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.files.uploads import Checked
from units.models import Approval, Unit
from units.permissions import require

EDITED = ("title", "colour", "unit", "text", "requirement", "due_on")


@transaction.atomic
def draft_order(
    *,
    plan: Plan,
    title: str,
    unit: Unit,
    text: str,
    requirement: str,
    due_on: date,
    actor: Actor,
    now: datetime,
    task: Task | None = None,
    instruction: Instruction | None = None,
    colour: str = "",
) -> SupervisionOrder:
    """拟督办单 on one item or one instruction."""
    require(can_handle(actor))
    order = SupervisionOrder.objects.create(
        plan=plan,
        title=title,
        unit=unit,
        text=text,
        requirement=requirement,
        due_on=due_on,
        task=task,
        instruction=instruction,
        colour=colour,
        drafted_by=actor.user,
        drafted_by_name=actor.name,
        drafted_at=now,
    )
    log.record(
        actor=actor,
        action="supervisionorder.draft",
        subject=order,
        summary=f"拟督办单：{order}",
        changes={"unit": unit.name, "subject": str(order.subject), "due_on": due_on},
        now=now,
    )
    return order


@transaction.atomic
def edit_order(
    *,
    order: SupervisionOrder,
    actor: Actor,
    now: datetime,
    title: str,
    unit: Unit,
    text: str,
    requirement: str,
    due_on: date,
    colour: str = "",
) -> SupervisionOrder:
    """Change a draft; what was signed stays as it was signed. Raises `NotNow` then."""
    require(can_handle(actor))
    locked = SupervisionOrder.objects.select_for_update().get(pk=order.pk)
    if locked.state != OrderState.DRAFT:
        raise NotNow(f"{locked}当前为“{locked.get_state_display()}”，不能修改。请刷新页面。")
    given = (title, colour, unit, text, requirement, due_on)
    changes = {}
    for name, value in zip(EDITED, given, strict=True):
        if getattr(locked, name) != value:
            changes[name] = [str(getattr(locked, name)), str(value)]
            setattr(locked, name, value)
    locked.save(update_fields=EDITED)
    log.record(
        actor=actor,
        action="supervisionorder.edit",
        subject=locked,
        summary=f"修改督办单：{locked}",
        changes=changes,
        now=now,
    )
    return locked


@transaction.atomic
def sign_order(
    *,
    order: SupervisionOrder,
    approval: Approval,
    actor: Actor,
    now: datetime,
    scan: Checked | None = None,
) -> SupervisionOrder:
    """登记签发: by whom and on what, with the scan; the sheet gets its number."""

    def stamp(locked: SupervisionOrder) -> Sequence[str]:
        approval.save()
        locked.approval = approval
        signed = SupervisionOrder.objects.filter(plan=locked.plan)
        locked.number = next_number(locked.plan, signed)
        if scan is not None:
            keep_file(checked=scan, kind=MatterFileKind.SCAN, matter=locked, actor=actor, now=now)
        return ("approval", "number")

    return ORDERS.perform("sign", order, actor=actor, now=now, stamp=stamp, reason=str(approval))


@transaction.atomic
def send_order(*, order: SupervisionOrder, actor: Actor, now: datetime) -> SupervisionOrder:
    """发出: the unit is told at once."""

    def stamp(locked: SupervisionOrder) -> Sequence[str]:
        locked.sent_by_name, locked.sent_at = actor.name, now
        return ("sent_by_name", "sent_at")

    done = ORDERS.perform("send", order, actor=actor, now=now, stamp=stamp)
    due = words.day(done.due_on)
    tell_unit(done, "sent", f"收到{done.code}：{done.title}，请于{due}前反馈办理情况。", now)
    return done


def revoke_order(
    *, order: SupervisionOrder, actor: Actor, now: datetime, reason: str
) -> SupervisionOrder:
    """作废 before it was sent; a number once given is not given again."""
    return ORDERS.perform("revoke", order, actor=actor, now=now, reason=reason)


@transaction.atomic
def follow_up(
    *, order: SupervisionOrder, actor: Actor, now: datetime, note: str, on: date
) -> SupervisionOrder:
    """跟踪督办: the answer is taken, the matter is looked at again on `on`."""

    def stamp(locked: SupervisionOrder) -> Sequence[str]:
        answer = last_answer(locked)
        if answer is not None:
            judge(answer, Decision.ACCEPTED, actor, now)
        locked.follow_up_note, locked.follow_up_on = note, on
        return ("follow_up_note", "follow_up_on")

    done = ORDERS.perform(
        "follow_up", order, actor=actor, now=now, stamp=stamp, reason=note, details={"on": on}
    )
    text = f"{done}转入跟踪督办，请于{words.day(on)}前再报办理情况。"
    tell_unit(done, f"follow-up:{done.answers.count()}", text, now)
    return done
