"""One workbook as its module describes it, and what several of them print the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from huangshi_tasks.lib.text import full_width
from progress.lights.facts import NEEDS_REASON
from reports.excel.book import Column, Sheet
from reports.excel.cells import Cell, Value
from reports.ledger.rows import LedgerRow
from tasks.models import Plan
from units.actors import Actor
from units.face.marks import LIGHTS
from units.stamps.shown import TOPICS

if TYPE_CHECKING:
    from reports.workbooks.asked import Asked

SAMPLE = "示例"
POINT, SHARE = "0.0", "0.0%"
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Workbook:
    """`asks` names what can be chosen: period, unit, area, leader. `columns` those of its list."""

    slug: str
    title: str
    about: str
    columns: Sequence[Column]
    build: Callable[[Asked], Sequence[Sheet]]
    asks: Sequence[str] = ("period", "unit", "area", "leader")
    takes_open_periods: bool = False  # what is owed now, besides what is finalized
    is_of_today: bool = False  # no 定稿: it stands as of the day of export
    short: str = ""
    # what 最新一期 means where it is not the newest 定稿
    newest: Callable[[Plan, Actor], date | None] | None = None
    has_telephones: bool = False  # where they are ticked
    topics: tuple[str, ...] = TOPICS  # of what is in it, unless a filter asks for what goes on

    @property
    def has_columns(self) -> bool:
        """Whether there is any column that may be left out."""
        return any(not column.stays for column in self.columns)

    @property
    def file_word(self) -> str:
        """How the file is called."""
        return self.short or str(self.title)


def light_cell(light: str) -> Cell:
    """状态 as text on its colour."""
    mark = LIGHTS[light]
    return Cell(mark.label, tone=mark.style)


def share_cell(percent: Decimal | None) -> Cell:
    """A percentage that stays a figure."""
    return Cell(percent / HUNDRED if percent is not None else None, SHARE)


def in_charge(row: LedgerRow) -> str:
    """分管市领导."""
    return "、".join(post.title for post in row.posts)


def primary_of(row: LedgerRow) -> str:
    """汇总牵头单位."""
    return full_width(row.primary.name) if row.primary is not None else ""


def joined_names(printed: Iterable[str]) -> str:
    return full_width("、".join(printed))


def remarks(row: LedgerRow) -> str:
    """备注: what has to be known about the judgement, and why it is what it is."""
    return "；".join(_remarks(row))


def _remarks(row: LedgerRow) -> Iterable[str]:
    if row.task.plan.is_sample:
        yield SAMPLE
    yield from row.marks
    if row.figures_mark:
        yield f"完成率为{row.figures_mark}数据"
    if row.is_planned_by_time and row.frozen is not None and row.frozen.percent is not None:
        yield "本期计划按时间折算"
    if row.has_moved_primary and row.primary is not None:
        yield f"现汇总牵头单位：{full_width(row.primary.name)}"
    if row.frozen is None:
        return
    if row.frozen.override_reason:
        yield f"状态由督查室认定：{row.frozen.override_reason}"
    if row.light in NEEDS_REASON and row.frozen.unit_reason:
        yield f"{row.said_mark}原因：{row.frozen.unit_reason}"


def without_reason(row: LedgerRow) -> str:
    """备注 beside a column that has the reason already."""
    own = f"{row.said_mark}原因："
    return "；".join(each for each in _remarks(row) if not each.startswith(own))


def numbered(rows: Iterable[Sequence[Value | Cell]]) -> list[list[Value | Cell]]:
    """Rows with 序号 before them."""
    return [[number, *row] for number, row in enumerate(rows, start=1)]
