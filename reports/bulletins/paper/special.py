"""督查专报 to leaders: one page about what is behind and what needs coordination."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.before_signing.shapes import Figures, Item
from reports.bulletins.paper.words import closed, counts_sentence, listed_of, subject_of
from reports.models import Bulletin
from reports.numbers.dated import marked
from reports.word.blocks import Block, Column, Heading, Paragraph, Table, Title
from reports.word.one_page import (
    HEADING,
    TABLE_SIZE,
    height_of_text,
    page_room,
    rows_in,
    table_height,
)
from units.city.words import said, said_later

BEHIND = (
    Column("事项", 38),
    Column("牵头单位", 26),
    Column(said_later("分管市领导"), 26),
    Column("完成率/应达", 20, "center"),
    Column("原因", 60),
)
PROBLEMS = (Column("事项", 38), Column("提出单位", 26), Column("需协调解决的问题", 106))
MASTHEAD = 112.0  # points
NONE_BEHIND, NO_PROBLEMS = "各事项均达到序时进度。", "各单位未提出需协调解决的问题。"


def special_blocks(bulletin: Bulletin, figures: Figures) -> Iterator[Block]:
    """What does not fit is counted and left to the system: the page stays one."""
    before = list(_opening(bulletin, figures))
    advice = closed(bulletin.requirements)
    room = page_room() - MASTHEAD - sum(height_of_text(block) for block in before)
    room -= 2 * HEADING + (HEADING + height_of_text(Paragraph(advice)) if advice else 0)
    behind, problems = rows_that_fit(figures, room)
    yield from before
    total = len(figures["behind"]) + figures["hidden"]
    yield Heading(f"一、未达序时进度和未启动事项（{listed_of(len(behind), total)}）")
    yield Table(BEHIND, behind, TABLE_SIZE) if behind else Paragraph(NONE_BEHIND)
    counted = listed_of(len(problems), len(figures["problems"]))
    yield Heading(f"二、{said('需市政府协调解决的问题')}（{counted}）")
    yield Table(PROBLEMS, problems, TABLE_SIZE) if problems else Paragraph(NO_PROBLEMS)
    if advice:
        yield Heading("三、建议")
        yield Paragraph(advice)


def _opening(bulletin: Bulletin, figures: Figures) -> Iterator[Block]:
    yield Title(f"{bulletin.title}{'（示例）' if figures['is_sample'] else ''}", is_small=True)
    if bulletin.edition > 1:
        yield Paragraph(f"（更正：{closed(bulletin.correction_reason)}）")
    yield Paragraph(f"{bulletin.addressee}：", is_flush=True)
    counts = counts_sentence(figures, subject_of(bulletin.plan))
    yield Paragraph(f"{closed(bulletin.basis)}{counts}{closed(bulletin.remarks)}")


def rows_that_fit(
    figures: Figures, room: float
) -> tuple[Sequence[Sequence[str]], Sequence[Sequence[str]]]:
    """The worst first; of `room` points, problems may take two fifths."""
    behind = [
        [
            _dated(item),
            item["unit_name"],
            item["posts"],
            f"{item['percent']}/{item['expected']}" if item["percent"] != "—" else item["word"],
            marked(item["reason"], item.get("old_words", "")) or item["facts"],
        ]
        for item in figures["behind"]
    ]
    problems = [
        [p["title"], p["unit_name"], marked(p["text"], p.get("old_words", ""))]
        for p in figures["problems"]
    ]
    for_problems = min(table_height(problems, PROBLEMS), room * 2 / 5)
    fitting = rows_in(behind, BEHIND, room - for_problems)
    left = room - table_height(fitting, BEHIND)
    return fitting, rows_in(problems, PROBLEMS, left)


def _dated(item: Item) -> str:
    mark = "，".join(filter(None, (item.get("old_figures", ""), item.get("doubt", ""))))
    return f"{item['title']}（{mark}）" if mark else item["title"]
