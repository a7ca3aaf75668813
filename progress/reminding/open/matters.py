"""交办事项 and 督办单 on which a unit has something to do, until its answer has left it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.urls import reverse

from huangshi_tasks.lib.clock import SHANGHAI
from huangshi_tasks.lib.workdays import Overrides
from progress.models import Instruction, InstructionUnit, SupervisionOrder, UnitRole
from progress.reminding.case import Case, until
from progress.reminding.ladder import INSTRUCTION, ORDER, Ladder
from tasks.models import Plan

UNANSWERED = "尚未答复"


def cases(
    plan: Plan, ladders: dict[str, Ladder], today: date, overrides: Overrides
) -> Iterator[Case]:
    """Of a restricted one only the number is said: a message leaves the house."""
    leads = InstructionUnit.objects.on(today).filter(
        role=UnitRole.LEAD,
        instruction__plan=plan,
        instruction__in=Instruction.objects.with_unit(),
    )
    for held in leads.select_related("instruction__plan", "unit"):
        matter = held.instruction
        name = matter.code if matter.is_restricted else str(matter)
        yield Case(
            subject=f"instruction:{matter.pk}",
            ladder=ladders[INSTRUCTION],
            opens_on=matter.registered_at.astimezone(SHANGHAI).date(),
            base=matter.answer_due_on,
            prefix=_prefix(matter),
            says=partial(_sentence, name, matter.answer_due_on, overrides),
            link=reverse("progress:matter", args=[plan.slug, matter.pk]),
            unit=held.unit,
        )
    orders = SupervisionOrder.objects.with_unit().filter(plan=plan, sent_at__isnull=False)
    for order in orders.select_related("unit", "plan"):
        assert order.sent_at is not None
        yield Case(
            subject=f"order:{order.pk}",
            ladder=ladders[ORDER],
            opens_on=order.sent_at.astimezone(SHANGHAI).date(),
            base=order.answer_due_on,
            prefix=_prefix(order),
            says=partial(_sentence, str(order), order.answer_due_on, overrides),
            link=reverse("progress:order", args=[plan.slug, order.pk]),
            unit=order.unit,
        )


def _prefix(matter: Instruction | SupervisionOrder) -> str:
    """What the office gave back has a day of its own, and is told of anew."""
    return f"back:{matter.return_due_on:%Y%m%d}" if matter.return_due_on else ""


def _sentence(name: str, due_on: date, overrides: Overrides, today: date) -> str:
    return f"{name}：{until(due_on, today, overrides, undone=UNANSWERED)}"
