"""The minutes of a 调度会 as Word: what became of the last list, and this one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from huangshi_tasks.lib.text import full_width, long_day
from progress.meetings.agenda import decisions_before
from progress.meetings.page import decided_at
from progress.models import Meeting, MeetingDecision
from reports.bulletins.paper.document import office_name
from reports.word.blocks import Block, Column, Heading, Line, Paper, Paragraph, Table, Title

BEFORE = (
    Column("事项", 40),
    Column("议定内容", 60),
    Column("责任单位", 28),
    Column("落实情况", 28, "center"),
)
DECIDED = (
    Column("序号", 10, "center"),
    Column("事项", 40),
    Column("议定内容", 62),
    Column("责任单位", 26),
    Column("完成时限", 22, "center"),
)
DRAFT = "（草稿，议定事项尚未交办）"
TABLE_SIZE = 10.5


def minutes_of(meeting: Meeting, day: date) -> Paper:
    """Before it is sent the paper says that it is a draft."""
    return Paper(
        title=f"{meeting.title}纪要",
        author=office_name(),
        day=meeting.sent_at.date() if meeting.sent_at is not None else day,
        blocks=_blocks(meeting),
        is_dense=True,
    )


def _blocks(meeting: Meeting) -> list[Block]:
    before, decided = decisions_before(meeting), decided_at(meeting)
    title = f"{meeting.title}纪要" + ("" if meeting.is_sent else DRAFT)
    scope = [full_width(meeting.post.title)] if meeting.post is not None else []
    scope += [meeting.area.called] if meeting.area is not None else []
    held = long_day(meeting.held_on)
    blocks: list[Block] = [Title(title, is_small=True), Line([held, "、".join(scope)])]
    if meeting.is_sent:
        blocks.append(Paragraph(f"依据：{meeting.get_basis_display()}，{meeting.authority}。"))
    blocks.append(Heading(f"一、上次议定事项落实情况（{len(before)}件）"))
    blocks.append(_table(BEFORE, [_before(each) for each in before]))
    blocks.append(Heading(f"二、本次议定事项（{len(decided)}件）"))
    rows = [_decided(place, each) for place, each in enumerate(decided, start=1)]
    blocks.append(_table(DECIDED, rows))
    return blocks


def _table(columns: Sequence[Column], rows: list[list[str]]) -> Block:
    return Table(columns, rows, TABLE_SIZE) if rows else Paragraph("没有。")


def _item(decision: MeetingDecision) -> str:
    task = decision.task
    return f"{task.code}　{full_width(task.short_title)}" if task is not None else ""


def _before(decision: MeetingDecision) -> list[str]:
    made = decision.instruction
    code = f"（{made.code}）" if made is not None else ""
    unit = full_width(decision.unit.name)
    return [_item(decision), decision.text, unit, f"{decision.outcome}{code}"]


def _decided(place: int, decision: MeetingDecision) -> list[str]:
    unit, due = full_width(decision.unit.name), long_day(decision.due_on)
    return [str(place), _item(decision), decision.text, unit, due]
