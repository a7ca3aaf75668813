"""What a unit still answers for: the list with which retiring it is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from progress.models import (
    Instruction,
    InstructionState,
    InstructionUnit,
    OrderState,
    SupervisionOrder,
    SupportRequest,
    SupportState,
    UnitChange,
)
from tasks.models import PlanState, Portfolio, Responsibility
from units.actors import Actor
from units.models import Appointment, Unit

LISTED = 12


class Answering(NamedTuple):
    """One kind of thing; `lines` are at most `LISTED` of so many. `is_of_items`: they name what
    is not everybody's to read.
    """

    word: str
    number: int
    lines: list[str]
    to_do: str
    is_of_items: bool = True


def answers_for(unit: Unit, day: date) -> list[Answering]:
    """All that would be nobody's if `unit` were gone from `day` on; eight queries."""
    return [each for each in _all(unit, day) if each.number]


def shown_to(actor: Actor, unit: Unit, day: date) -> list[Answering]:
    """The same for a page: 系统管理员 keeps units and accounts, and reads no item's name."""
    found = answers_for(unit, day)
    if not actor.is_admin:
        return found
    return [each._replace(lines=[]) if each.is_of_items else each for each in found]


def open_instructions() -> QuerySet[Instruction]:
    """Those that are not over: with a unit, or with the office, which may give them back."""
    return Instruction.objects.exclude(
        state__in=(InstructionState.CLOSED, InstructionState.REVOKED)
    )


def open_orders() -> QuerySet[SupervisionOrder]:
    """Those that are not over, from the draft on."""
    return SupervisionOrder.objects.exclude(state__in=(OrderState.CLOSED, OrderState.REVOKED))


def _all(unit: Unit, day: date) -> Iterator[Answering]:
    held = Responsibility.objects.not_over(day).filter(unit=unit)
    held = held.exclude(task__plan__state=PlanState.ARCHIVED).select_related("task__plan")
    yield _of(
        "在办责任",
        [f"{row.task}（{row.get_role_display()}）" for row in held],
        "在“调整”登记责任调整，由其他单位接替",
    )
    matters = InstructionUnit.objects.open_ended().filter(
        unit=unit, instruction__in=open_instructions()
    )
    yield _of(
        "交办事项",
        [str(row.instruction) for row in matters.select_related("instruction")],
        "答复办结，或由督查室改派",
    )
    orders = open_orders().filter(unit=unit)
    yield _of("督办单", [str(row) for row in orders], "反馈办结，或由督查室作废")
    asked = SupportRequest.objects.filter(unit=unit, state=SupportState.ASKED)
    yield _of(
        "配合征询",
        [str(row.report.task) for row in asked.select_related("report__responsibility__task")],
        "答复，或由征询单位收回",
    )
    people = Appointment.objects.not_over(day).filter(unit=unit).select_related("user")
    yield _of(
        "人员",
        [f"{row.user}（{row.get_role_display()}）" for row in people],
        "终止任职，另行任命",
        is_of_items=False,
    )
    portfolios = Portfolio.objects.not_over(day).filter(unit=unit).select_related("post")
    yield _of("分工", [str(row.post) for row in portfolios], "终止分工", is_of_items=False)
    below = Unit.objects.current(day).filter(parent=unit)
    names = [row.name for row in below]
    yield _of("下级单位", names, "改为其他上级单位", is_of_items=False)
    coming = UnitChange.objects.filter(into=unit, done_at=None, withdrawn_at=None)
    yield _of(
        "将转入的合并、拆分",
        [str(row) for row in coming.select_related("leaving", "into")],
        "在原单位撤回登记",
        is_of_items=False,
    )


def _of(word: str, lines: list[str], to_do: str, *, is_of_items: bool = True) -> Answering:
    return Answering(word, len(lines), lines[:LISTED], to_do, is_of_items)
