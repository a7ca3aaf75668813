"""What somebody asked for: which plan, whose rows, as of which period, and how it is printed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from huangshi_tasks.lib.text import full_width, long_day
from progress.periods.access import periods_of
from reports.excel.book import Column, Paper, Row, Sheet, keep
from reports.ledger.asked import rows_asked
from reports.ledger.filters import LedgerFilter
from reports.ledger.rows import LedgerRow, newest_date
from tasks.models import Plan
from tasks.plan_names import subject_of
from units.actors import Actor

LONGEST_NAME_PART = 20
OWN_SUBJECT = ("十件实事", "交办事项")
UNFIT_FOR_FILES = re.compile(r'[\\/:*?"<>|\x00-\x1f\s]+')
FILTERS = (
    "q",
    "kind",
    "area",
    "theme",
    "unit",
    "role",
    "leader",
    "light",
    "move",
    "outlook",
    "problem",
    "live",
    "only",
    "filing",
)


@dataclass(frozen=True)
class Asked:
    """`day` is the 数据截至 of the period asked for, None for the newest 定稿 of every item.

    `filters` are those of the ledger; `columns` the places chosen, None for all. `stands_on` is set
    for what has no 定稿 and stands as of a day.
    """

    plan: Plan
    actor: Actor
    today: date
    filters: Mapping[str, str]
    day: date | None = None
    columns: Collection[int] | None = None
    stands_on: date | None = None
    with_telephones: bool = False  # left out of what leaves unless ticked

    @cached_property
    def ledger(self) -> LedgerFilter:
        """The filters of the page over the rows of the page."""
        chosen = {name: self.filters[name] for name in FILTERS if self.filters.get(name)}
        rows = rows_asked(
            self.plan,
            self.actor,
            self.today,
            chosen,
            with_filings="filing" in chosen,
            until=self.day,
        )
        return LedgerFilter(chosen, plan=self.plan, actor=self.actor, rows=rows)

    @cached_property
    def listed(self) -> list[LedgerRow]:
        """The rows that the page would show under these filters, whatever is finalized."""
        return self.ledger.matching_rows()

    @cached_property
    def rows(self) -> list[LedgerRow]:
        """The same; none for a period that is not finalized."""
        return [] if self.is_too_early else self.listed

    @property
    def unit_id(self) -> int | None:
        """The unit chosen; a unit's people are held to their own."""
        if self.actor.is_of_a_unit:
            return self.actor.unit_id
        chosen = self.ledger.chosen.get("unit")
        return int(chosen) if chosen else None

    @cached_property
    def is_too_early(self) -> bool:
        """Whether the period asked for has no 定稿 yet."""
        own = [period for period in periods_of(self.plan) if period.data_as_of == self.day]
        return self.day is not None and not any(period.is_finalized for period in own)

    @property
    def finalized_days(self) -> list[date]:
        """The dates of all 定稿 up to the one asked for, the oldest first."""
        days = {period.data_as_of for period in periods_of(self.plan) if period.is_finalized}
        return sorted(day for day in days if self.day is None or day <= self.day)

    @property
    def as_of(self) -> date | None:
        """The period asked for, or the newest 定稿 among the rows."""
        return self.stands_on or self.day or newest_date(self.rows)

    @property
    def empty(self) -> str:
        """What a page without rows says."""
        if self.day is not None and self.is_too_early:
            return f"{month(self.day)}尚未定稿，暂无数据。"
        if self.ledger.is_filtering:
            return "没有符合所选条件的内容。"
        return "暂无内容。" if self.finalized_days else "尚无定稿数据。"

    @property
    def filed_by(self) -> str:
        """填报单位: the unit chosen, or the reader's own, else all."""
        chosen = dict(self.ledger.chosen_words()).get("单位")
        if chosen is None and self.actor.is_of_a_unit and self.actor.unit is not None:
            chosen = full_width(self.actor.unit.name)
        return chosen or "各责任单位"

    def file_name(self, word: str) -> str:
        """``台账_2022年6月_市住建局_20220803.xlsx``, without what a file name cannot hold."""
        named = month(self.as_of) if self.as_of is not None else f"{self.plan.year}年"
        chosen = [words[:LONGEST_NAME_PART] for _, words in self.ledger.chosen_words()]
        parts = [word, named, *chosen, f"{self.today:%Y%m%d}"]
        return UNFIT_FOR_FILES.sub("", "_".join(parts)) + ".xlsx"

    def sheet(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Row],
        *,
        paper: Paper,
        count: str = "",
        fixed: int = 0,
    ) -> Sheet:
        """A page with title, 填报单位, 数据截至 and day of export."""
        words = [f"{label}“{value}”" for label, value in self.ledger.chosen_words()]
        chosen = f"筛选：{'，'.join(words)}　" if words else ""
        counted = f"{count}　" if count else ""
        return Sheet(
            name=name,
            title=f"{heading(self.plan, name)}{'（示例）' if self.plan.is_sample else ''}",
            facts=(
                f"填报单位：{self.filed_by}",
                f"数据截至：{long_day(self.as_of) if self.as_of else '尚无定稿数据'}",
                f"{chosen}{counted}导出日期：{long_day(self.today)}",
            ),
            columns=columns,
            rows=rows,
            fixed=fixed,
            paper=paper,
            empty=self.empty,
        )

    def chosen(self, sheet: Sheet, without: Collection[int] = ()) -> Sheet:
        """The page with the columns that were chosen; never those at the places `without`."""
        if self.columns is None and not without:
            return sheet
        chosen = range(len(sheet.columns)) if self.columns is None else self.columns
        return keep(sheet, set(chosen).difference(without))


def heading(plan: Plan, name: str) -> str:
    """``2022年市政府重点工作任务台账``; what names its own subject needs no series before it."""
    series = "" if name.startswith(OWN_SUBJECT) else subject_of(plan)
    return f"{plan.year}年{series}{name}"


def month(day: date) -> str:
    return f"{day.year}年{day.month}月"
