"""The paper of a bulletin: made of its own figures, lines and sections, of no query but those."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from huangshi_tasks.lib.clock import SHANGHAI
from huangshi_tasks.lib.text import moment
from progress.states import Light
from reports.before_signing.answered import answered, is_kept
from reports.before_signing.shapes import Figures, Item
from reports.bulletins.paper.annexes import annexes_of
from reports.bulletins.paper.publication import publication_blocks
from reports.bulletins.paper.special import special_blocks
from reports.bulletins.paper.words import (
    closed,
    counts_sentence,
    paragraphs,
    printed_day,
    subject_of,
    unpunctual_sentence,
)
from reports.models import Bulletin, BulletinKind, BulletinLine, LineKind
from reports.word.blocks import (
    Attachments,
    Block,
    Heading,
    Imprint,
    Masthead,
    Paper,
    Paragraph,
    Sheet,
    Signature,
    Title,
)
from units.city.names import city

MASTHEADS: dict[str, str] = {
    BulletinKind.BULLETIN: "重点工作督查通报",
    BulletinKind.SPECIAL: "重点工作督查专报",
}
GROUPS = (
    (Light.LATE, "滞后事项"),
    (Light.NOT_STARTED, "未启动事项"),
    (Light.SLOW, "进度偏慢事项"),
)
NUMERALS = "一二三四五六七八九"


def office_name() -> str:
    """The office in full, as it signs."""
    return city().office


def paper_of(bulletin: Bulletin, lines: Sequence[BulletinLine]) -> Paper:
    """The paper; the same rows give the same paper. `lines` are those not dropped."""
    day = printed_on(bulletin)
    figures = answered(bulletin.figures, bulletin.answers, day)
    if bulletin.kind == BulletinKind.SPECIAL:
        blocks = [_masthead(bulletin, is_low=True), *special_blocks(bulletin, figures)]
    elif bulletin.kind == BulletinKind.PUBLICATION:
        blocks = list(publication_blocks(bulletin, figures, office_name()))
    else:
        blocks = [_masthead(bulletin), *_blocks(bulletin, figures, lines)]
    return Paper(
        title=f"{bulletin} {bulletin.title}",
        author=office_name(),
        day=day,
        blocks=blocks,
        is_dense=bulletin.kind == BulletinKind.SPECIAL,
    )


def printed_on(bulletin: Bulletin) -> date:
    """The day that the paper is of; before it is issued that of its figures."""
    return bulletin.issued_on or bulletin.figures_at.astimezone(SHANGHAI).date()


def _masthead(bulletin: Bulletin, *, is_low: bool = False) -> Masthead:
    number = bulletin.number if bulletin.number is not None else "　"
    edition = "（更正）" if bulletin.edition > 1 else ""
    return Masthead(
        name=MASTHEADS[bulletin.kind],
        issue=f"{bulletin.plan.year}年第{number}期{edition}",
        office=city().letterhead,
        day=printed_day(bulletin.issued_on),
        is_low=is_low,
    )


def title_blocks(bulletin: Bulletin, figures: Figures) -> Iterator[Block]:
    """The title; what is a sample or a correction says so."""
    yield Title(f"{bulletin.title}{'（示例）' if figures['is_sample'] else ''}")
    if bulletin.edition > 1:
        yield Paragraph(correction_note(bulletin))


def correction_note(bulletin: Bulletin) -> str:
    """What this edition corrects and why."""
    first = bulletin.corrects
    day = printed_day(first.issued_on) if first is not None else ""
    return f"本期为更正版，代替{day}印发的同期。更正原因：{closed(bulletin.correction_reason)}"


def _blocks(bulletin: Bulletin, figures: Figures, lines: Sequence[BulletinLine]) -> Iterator[Block]:
    yield from title_blocks(bulletin, figures)
    yield Paragraph(f"{bulletin.addressee}：", is_flush=True)
    yield from paragraphs(bulletin.basis)
    yield Heading("一、总体情况")
    yield Paragraph(counts_sentence(figures, subject_of(bulletin.plan)))
    yield from paragraphs(bulletin.remarks)
    yield from in_review(figures)
    yield from taken_at(bulletin)
    yield Heading("二、未达序时进度和未启动事项")
    yield from _behind(figures, lines)
    yield Heading("三、报送情况")
    yield Paragraph(unpunctual_sentence(figures))
    yield from _unpunctual(figures, lines)
    number = 3
    if listed := list(_listed(figures, lines)):
        number += 1
        yield Heading(f"{NUMERALS[number - 1]}、其他通报事项")
        yield from listed
    for name, text in (("存在问题", bulletin.problems), ("下一步要求", bulletin.requirements)):
        if text.strip():
            number += 1
            yield Heading(f"{NUMERALS[number - 1]}、{name}")
            yield from paragraphs(text)
    yield from _end(bulletin, figures)


def _end(bulletin: Bulletin, figures: Figures) -> Iterator[Block]:
    filled = annexes_of(figures)
    if filled:
        yield Attachments([annex.name for annex in filled])
    yield Signature(city().organisation, printed_day(bulletin.issued_on))
    for place, annex in enumerate(filled, start=1):
        yield Sheet(is_wide=True)
        yield Paragraph(f"附件{place if len(filled) > 1 else ''}", is_flush=True)
        yield Title(annex.name, is_small=True)
        yield annex.table
    day = printed_day(bulletin.issued_on)
    if filled:
        yield Sheet()
    yield Imprint(bulletin.copies, office_name(), day, is_at_foot=bool(filled))


def _behind(figures: Figures, lines: Sequence[BulletinLine]) -> Iterator[Block]:
    """Item by item with unit and reason; the reason as the office left it in the line."""
    words = {line.task_id: line.words for line in lines if line.kind == LineKind.BEHIND}
    groups = [
        (name, [item for item in figures["behind"] if item["light"] == light])
        for light, name in GROUPS
    ]
    filled = [(name, items) for name, items in groups if items]
    for place, (name, items) in enumerate(filled):
        yield Heading(f"（{NUMERALS[place]}）{name}（{len(items)}项）", level=2)
        for number, item in enumerate(items, start=1):
            reason = reason_of(item, words.get(item["task"], item["reason"]))
            yield Paragraph(item_sentence(number, item, reason))
    if not filled and not figures["hidden"]:
        yield Paragraph("各事项均达到序时进度。")
    if figures["hidden"]:
        yield Paragraph(f"另有{figures['hidden']}项限定知悉范围，不在此列出。")


def _listed(figures: Figures, lines: Sequence[BulletinLine]) -> Iterator[Paragraph]:
    """What the office listed by hand, with what it wrote to it."""
    items = {item["task"]: item for item in figures["reached"]}
    named = [line for line in lines if line.kind == LineKind.LISTED and line.task_id in items]
    for number, line in enumerate(named, start=1):
        yield Paragraph(item_sentence(number, items[line.task_id or 0], line.words.strip()))


def item_sentence(number: int, item: Item, reason: str) -> str:
    """1.循环经济重大项目（重点工作第106项，市发改委，截至6月30日）：节点…逾期。6月所报原因：…."""
    marks = (item.get("old_figures", ""), item.get("doubt", ""))
    who = "，".join(filter(None, (item["code"], item["unit_name"], *marks)))
    said = closed(f"{number}.{item['title']}（{who}）：{item['facts']}")
    return f"{said}{closed(reason)}" if reason.strip() else said


def reason_of(item: Item, words: str) -> str:
    """原因：… as it stands in the line; the unit's own from an older report says so. What was left
    out is not printed; what the office wrote itself is.
    """
    is_own = words.strip() == item["reason"].strip()
    if not words.strip() or (is_own and "reason" in item.get("omitted", [])):
        return ""
    return f"{item.get('old_words', '') if is_own else ''}原因：{words.strip()}"


def in_review(figures: Figures) -> Iterator[Paragraph]:
    """What was filed in time and not read yet: by item, without units: the delay is not theirs."""
    items = figures.get("in_review", [])
    if items:
        named = "、".join(f"{item['title']}（{item['code']}）" for item in items)
        yield Paragraph(
            f"已报送、审核中{len(items)}项：{named}。以上事项有关单位已按时报送，"
            "督查室正在审核，不计入未达序时进度事项。"
        )


def taken_at(bulletin: Bulletin) -> Iterator[Paragraph]:
    """Of when the figures are, where newer ones were known and the office chose to print these."""
    if is_kept(bulletin.answers):
        yield Paragraph(f"本期数据取自{moment(bulletin.figures_at)}，此后审核通过的另行更新。")


def _unpunctual(figures: Figures, lines: Sequence[BulletinLine]) -> Iterator[Block]:
    """Named as the sentence above names them: as they were called then."""
    names = {each["unit"]: each["unit_name"] for each in figures["unpunctual"]}
    named = [line for line in lines if line.kind == LineKind.UNPUNCTUAL]
    if named:
        lines_of = (
            f"{names.get(line.unit_id, line.unit_name)}{line.facts}"
            f"{f'，{line.words}' if line.words else ''}"
            for line in named
        )
        yield Paragraph(f"其中：{'；'.join(lines_of)}。")
