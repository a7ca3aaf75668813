"""交办事项台账: what leaders and meetings handed over, by source, with answer and conclusion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from django.db.models import Q

from huangshi_tasks.lib.text import full_width
from progress.models import (
    Decision,
    Instruction,
    InstructionAnswer,
    InstructionSource,
    InstructionState,
    InstructionUnit,
    UnitRole,
    Urgency,
)
from reports.excel.book import A3_ACROSS, Column, Group, Row, Sheet
from reports.excel.cells import DATE, Cell, Value
from reports.workbooks.asked import Asked
from reports.workbooks.cover import Check, cover, equal_to
from reports.workbooks.described import Workbook, joined_names
from units.actors import Actor

COLUMNS = (
    Column("序号", 6, "center", stays=True),
    Column("编号", 18),
    Column("来源", 10, "center", stays=True),
    Column("事项", 22, stays=True),
    Column("原文", 40),
    Column("交办人或会议", 22),
    Column("交办日期", 15, "center"),
    Column("承办单位", 15),
    Column("协办单位", 16),
    Column("办理期限", 15, "center"),
    Column("状态", 10, "center", stays=True),
    Column("办理情况（已采纳）", 40),
    Column("办结日期", 15, "center"),
    Column("办结意见", 22),
    Column("备注", 14),
)
TONES: dict[str, str] = {
    InstructionState.CLOSED: "done",
    InstructionState.ANSWERED: "ok",
    InstructionState.RETURNED: "warn",
    InstructionState.REVOKED: "idle",
}
OVERDUE = "逾期"


def build(asked: Asked) -> Sequence[Sheet]:
    found = list(visible(asked))
    sheet = asked.chosen(
        asked.sheet(
            "交办事项台账",
            COLUMNS,
            list(_rows(asked, found)),
            paper=A3_ACROSS,
            count=f"共{len(found)}项",
            fixed=4,
        )
    )
    sheet = replace(sheet, empty="没有交办事项。")
    sources, states = (sheet.column_range(word) for word in ("来源", "状态"))
    late = sum(each.is_overdue(asked.today) for each in found)
    checks: list[Check | Group] = [
        Check("交办事项合计", len(found), f"=COUNT({sheet.column_range('序号')})"),
        equal_to(OVERDUE, [OVERDUE], late, states),
        Group("来源"),
    ]
    for source in InstructionSource:
        label = str(source.label)
        count = sum(each.source == source for each in found)
        checks.append(equal_to(label, [label], count, sources))
    return [cover(asked, "交办事项台账", checks), sheet]


def visible(asked: Asked) -> Iterable[Instruction]:
    """The rows of the page; of one unit those that it carries out or helps with now."""
    found = Instruction.objects.visible_to(asked.actor).filter(plan=asked.plan)
    if not asked.actor.is_of_a_unit and asked.unit_id is not None:
        held = InstructionUnit.objects.open_ended().filter(unit=asked.unit_id)
        found = found.filter(pk__in=held.values("instruction_id"))
    related = found.select_related("plan").prefetch_related("units__unit")
    order = InstructionSource.values  # as on the page and on the cover
    return sorted(related, key=lambda each: (order.index(each.source), each.number))


def _rows(asked: Asked, found: Sequence[Instruction]) -> Iterable[Row]:
    texts = _answers(found, asked.actor)
    number = 0
    for source, those in groupby(found, key=lambda each: each.get_source_display()):
        own = list(those)
        yield Group(f"{source}（{len(own)}项）")
        for each in own:
            number += 1
            yield [number, *_row(asked, each, texts.get(each.pk, ""))]


def _answers(found: Sequence[Instruction], actor: Actor) -> dict[int, str]:
    """Instruction → its newest answer that was taken; the office reads what has just come too."""
    taken = Q(decision=Decision.ACCEPTED)
    if actor.is_office:
        taken |= Q(left_at__isnull=False, decision="")
    answers = InstructionAnswer.objects.filter(taken, instruction__in=found).order_by("number")
    return dict(answers.values_list("instruction_id", "text"))


def _row(asked: Asked, each: Instruction, answer: str) -> list[Value | Cell]:
    is_late = each.is_overdue(asked.today)
    held = [one for one in each.units.all() if one.is_open_ended]
    leads = [one.unit_name for one in held if one.role == UnitRole.LEAD]
    state = OVERDUE if is_late else each.get_state_display()
    remarks = [
        "示例" if asked.plan.is_sample else "",
        "急件" if each.urgency == Urgency.URGENT else "",
        "限定知悉" if each.is_restricted else "",
    ]
    return [
        each.code,
        each.get_source_display(),
        full_width(each.title),
        full_width(each.text),
        each.decided_by,
        Cell(each.decided_on, DATE),
        joined_names(leads),
        joined_names(one.unit_name for one in held if one.role == UnitRole.CO),
        Cell(each.answer_due_on, DATE),
        Cell(state, tone="late" if is_late else TONES.get(each.state, "")),
        answer,
        Cell(each.closed_on, DATE),
        each.conclusion,
        "；".join(filter(None, remarks)),
    ]


WORKBOOK = Workbook(
    slug="instructions",
    title="交办事项台账",
    about="批示、会议议定、督查发现和需协调事项的承办、答复和办结情况。",
    columns=COLUMNS,
    build=build,
    asks=("unit",),
    is_of_today=True,
)
