"""交办 and 督办 of an item: the instructions and sheets that concern it, to whom they may be known.

知悉范围 is each matter's own (`visible_to`): who may read the item may still not know of a
restricted 批示 on it, nor of a sheet that the office has not sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.expressions import Combinable

from huangshi_tasks.lib import text
from huangshi_tasks.lib.clock import SHANGHAI
from progress.matters.notices import link_to
from progress.matters.permissions import Matter
from progress.models import Instruction, InstructionUnit, SupervisionOrder, UnitRole
from tasks.models import Plan, Task
from units.actors import Actor
from units.renaming.names import names_on

# what an unsaved `Instruction` or `SupervisionOrder` is made of again; read by both halves
SAME = ("pk", "number", "title", "due_on", "return_due_on", "state")


@dataclass(frozen=True)
class MatterHere:
    """One of them, as the item's page lists it; `unit` is the name of the one that answers."""

    matter: Matter
    unit: str
    today: date

    @property
    def said(self) -> str:
        """By whom and when: 副市长，8月1日交办; 8月2日发出."""
        matter = self.matter
        if isinstance(matter, Instruction):
            return f"{matter.decided_by}，{text.day(matter.decided_on)}交办"
        if matter.sent_at is None:
            return "尚未发出"
        return f"{text.day(matter.sent_at.astimezone(SHANGHAI).date())}发出"

    @property
    def is_late(self) -> bool:
        return self.matter.is_overdue(self.today)

    @property
    def is_restricted(self) -> bool:
        return isinstance(self.matter, Instruction) and self.matter.is_restricted

    @property
    def url(self) -> str:
        return link_to(self.matter)


def matters_of(task: Task, actor: Actor, today: date) -> list[MatterHere]:
    """Instructions by date, each followed by its sheets; then the sheets on the item itself.

    One query for both.
    """
    instructions = Instruction.objects.visible_to(actor).filter(tasks=task)
    on_these = Q(task=task) | Q(instruction__in=instructions.values("pk"))
    sheets = SupervisionOrder.objects.visible_to(actor).filter(on_these)
    rows = list(_handed(instructions).union(_sheets(sheets), all=True))
    return [MatterHere(_matter(row, task.plan), _unit_of(row), today) for row in _in_order(rows)]


def _handed(instructions: Any) -> Any:
    lead = InstructionUnit.objects.open_ended().filter(
        instruction=OuterRef("pk"), role=UnitRole.LEAD
    )
    return _rows(
        instructions,
        answering=Subquery(lead.values("unit__name")[:1]),
        whose=Subquery(lead.values("unit_id")[:1]),
        since=Subquery(lead.values("starts_on")[:1]),
        of=Value(None, output_field=IntegerField()),
        by=F("decided_by"),
        on=F("decided_on"),
        sent=Value(None, output_field=DateTimeField()),
        came_as=F("source"),
        reach=F("visibility"),
    )


def _sheets(sheets: Any) -> Any:
    nothing = Value("", output_field=CharField())
    return _rows(
        sheets,
        answering=F("unit__name"),
        whose=F("unit_id"),
        since=Value(None, output_field=DateField()),
        of=F("instruction_id"),
        by=nothing,
        on=Value(None, output_field=DateField()),
        sent=F("sent_at"),
        came_as=nothing,
        reach=nothing,
    )


def _rows(matters: Any, **columns: Combinable) -> Any:
    """The same columns of either table, in one order."""
    return matters.order_by().annotate(**columns).values(*SAME, *columns)


def _unit_of(row: dict[str, Any]) -> str:
    """As it was called when the matter was given to it, or the sheet was sent."""
    sent = row["sent"].astimezone(SHANGHAI).date() if row["sent"] is not None else None
    day = row["since"] or sent
    name: str = row["answering"]
    return names_on(day).get(row["whose"], name) if day is not None else name


def _in_order(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    handed = sorted((row for row in rows if row["on"]), key=lambda row: (row["on"], row["pk"]))
    sheets = sorted(
        (row for row in rows if not row["on"]), key=lambda row: (row["number"] or 0, row["pk"])
    )
    for row in handed:
        yield row
        yield from (sheet for sheet in sheets if sheet["of"] == row["pk"])
    yield from (sheet for sheet in sheets if sheet["of"] is None)


def _matter(row: dict[str, Any], plan: Plan) -> Matter:
    same = {name: row[name] for name in SAME}
    if row["on"] is None:
        return SupervisionOrder(plan=plan, sent_at=row["sent"], **same)
    return Instruction(
        plan=plan,
        source=row["came_as"],
        decided_by=row["by"],
        decided_on=row["on"],
        visibility=row["reach"],
        **same,
    )
