"""核对记录 as Word: what became of every character of a notice, what was said of it, by whom, and
what stayed open. Printed with the plan.
"""

from __future__ import annotations

from datetime import date

from huangshi_tasks.lib import text
from huangshi_tasks.lib.clock import SHANGHAI
from reports.bulletins.paper.document import office_name
from reports.word.blocks import Block, Column, Heading, Paper, Paragraph, Table, Title
from tasks.desk.proof import Proof, originals_of, said_of
from tasks.models import DraftAct, NoticeDraft, NoticeSource

SOURCES = (
    Column("序号", 6, "center"),
    Column("原件", 24),
    Column("导入人和时间", 18),
    Column("字节", 10, "right"),
    Column("校验值（SHA-256）", 42),
)
LEFT_OUT = (Column("原文", 14), Column("未采用的文字", 86))
ACTS = (
    Column("序号", 7, "center"),
    Column("答复或更正", 55),
    Column("何人", 18),
    Column("何时", 20),
)


def proof_paper(draft: NoticeDraft, proof: Proof, day: date) -> Paper:
    """`proof` as it stands now, or as it stood at 启用."""
    sources = [_source(*each) for each in enumerate(originals_of(draft), start=1)]
    blocks: list[Block] = [
        Title(f"{draft}核对记录", is_small=True),
        Paragraph(_state(draft, day)),
        Heading("一、原文去处"),
        Paragraph(_characters(proof)),
        *_left_out(proof),
        Heading("二、原件"),
        Table(SOURCES, sources, size=9),
        Heading("三、答复和更正"),
        *_said(draft, proof),
        Heading("四、没有答复的问题"),
        *_open(proof),
    ]
    return Paper(title=f"{draft}核对记录", author=office_name(), day=day, blocks=blocks)


def _state(draft: NoticeDraft, day: date) -> str:
    if draft.plan is None:
        return f"本记录为{text.long_day(day)}的核对情况，责任分解尚未启用。"
    ended = draft.ended_at
    when = f"{ended.astimezone(SHANGHAI).year}年{text.moment(ended)}" if ended else ""
    number = f"（{draft.plan.document_number}）" if draft.plan.document_number else "（无文号）"
    return (
        f"《{draft.plan.title}》{number}由{draft.ended_by_name}于{when}启用，"
        "启用时已确认与印发文件核对一致。本记录为启用时的核对情况。"
    )


def _characters(proof: Proof) -> str:
    counted = "、".join(f"{word}{count}字" for word, count in proof.in_words)
    used = text.number(proof.used_percent, 2)
    return f"读到{proof.items}项。原文不计空白共{proof.total}字，{used}%有去处：{counted}。"


def _left_out(proof: Proof) -> list[Block]:
    if not proof.left_out:
        return []
    said = f"未采用的{proof.unused}字如下，不在任何事项和段落中。"
    return [Paragraph(said), Table(LEFT_OUT, proof.left_out)]


def _said(draft: NoticeDraft, proof: Proof) -> list[Block]:
    acts = said_of(draft)
    if not acts:
        return [Paragraph("按读到的内容，没有更正。")]
    lost = f"其中{proof.lost}处对不上现在的原件，没有采用。" if proof.lost else ""
    table = Table(ACTS, [_act(*each) for each in enumerate(acts, start=1)])
    return [Paragraph(f"共{len(acts)}次。{lost}"), table]


def _open(proof: Proof) -> list[Block]:
    if not proof.open:
        return [Paragraph("没有。")]
    return [Paragraph(f"{place}．{sentence}") for place, sentence in enumerate(proof.open, start=1)]


def _source(place: int, source: NoticeSource) -> list[str]:
    who = f"{source.uploaded_by_name}\n{text.moment(source.uploaded_at)}"
    return [str(place), source.name, who, str(source.size), source.sha256]


def _act(place: int, act: DraftAct) -> list[str]:
    return [str(place), act.words, act.made_by_name, text.moment(act.made_at)]
