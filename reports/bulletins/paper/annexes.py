"""The annex tables of a 通报: what is behind schedule, what is on it, what the figures rest on."""

from __future__ import annotations

from dataclasses import dataclass

from reports.before_signing.shapes import Figures, Item
from reports.numbers.dated import marked
from reports.word.blocks import Column, Table
from units.city.words import said_later

ANNEX_BEHIND, ANNEX_REACHED = "未达序时进度和未启动事项表", "按序时推进事项表"
ANNEX_STATED = "数据来源、口径和核查情况表"
BEHIND_COLUMNS = (
    Column("序号", 5, "center"),
    Column("事项", 24),
    Column("牵头（责任）单位", 15),
    Column(said_later("分管市领导"), 13, "center"),
    Column("完成率", 8, "center"),
    Column("应达进度", 8, "center"),
    Column("序时差\n（百分点）", 9, "center"),
    Column("状态", 9, "center"),
    Column("下一步工作安排", 36),
)
REACHED_COLUMNS = (
    Column("序号", 11, "center"),
    Column("编号", 33, "center"),
    Column("事项", 56),
    Column("牵头（责任）单位", 46),
    Column(said_later("分管市领导"), 28, "center"),
    Column("完成率", 16, "center"),
    Column("应达进度", 18, "center"),
    Column("状态", 18, "center"),
)
STATED_COLUMNS = (
    Column("序号", 6, "center"),
    Column("事项", 30),
    Column("指标", 24),
    Column("来源、口径、说明", 60),
    Column("核查和核定", 22),
)


@dataclass(frozen=True)
class Annex:
    name: str
    table: Table


def annexes_of(figures: Figures) -> list[Annex]:
    """Those that have rows."""
    behind = [_behind_row(*pair) for pair in enumerate(figures["behind"], start=1)]
    reached = [_reached_row(*pair) for pair in enumerate(figures["reached"], start=1)]
    annexes = (
        Annex(ANNEX_BEHIND, Table(BEHIND_COLUMNS, behind)),
        Annex(ANNEX_REACHED, Table(REACHED_COLUMNS, reached)),
        Annex(ANNEX_STATED, stated_table(figures)),
    )
    return [annex for annex in annexes if annex.table.rows]


def stated_table(figures: Figures) -> Table:
    """What each figure rests on; no row where nothing is known, or for a paper of before."""
    rows = [
        [
            str(place),
            f"{each['title']}\n（{each['code']}）",
            each["name"],
            each["stated"] or "—",
            each["checked"],
        ]
        for place, each in enumerate(figures.get("stated", []), start=1)
    ]
    return Table(STATED_COLUMNS, rows)


def _behind_row(place: int, item: Item) -> list[str]:
    return [
        str(place),
        f"{item['title']}\n（{'，'.join(filter(None, (item['code'], _mark(item))))}）",
        item["leads"],
        item["posts"],
        item["percent"],
        item["expected"],
        item["gap"],
        item["word"],
        marked(item["next_step"], item.get("old_words", "")),
    ]


def _mark(item: Item) -> str:
    return "，".join(filter(None, (item.get("old_figures", ""), item.get("doubt", ""))))


def _reached_row(place: int, item: Item) -> list[str]:
    return [
        str(place),
        item["code"],
        f"{item['title']}（{mark}）" if (mark := _mark(item)) else item["title"],
        item["leads"],
        item["posts"],
        item["percent"],
        item["expected"],
        item["word"],
    ]
