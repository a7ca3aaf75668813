"""What the page of 启用检查 shows, before 启用; reads only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huangshi_tasks.lib import text
from progress.periods.beginning import (
    MOST_SHOWN,
    NEVER,
    Beginning,
    Begun,
    begun,
    earliest_due,
    in_order,
    labels_of,
    late_ones,
)
from progress.periods.calendar import MONTHLY, PeriodSpec
from progress.periods.opening import specs_of
from progress.starting.checks import Checked, check
from progress.starting.planned import Answering, Planned, UnitOwes, planned
from tasks.desk.content import Content
from units.calendar.workdays import overrides


@dataclass(frozen=True)
class Option:
    """One way to begin, and what will be owed then. `due_on`: until when is filed late."""

    value: str
    planned: Planned
    periods: Sequence[Begun]
    late: str  # 1—2月、3月
    due_on: date

    @property
    def first(self) -> PeriodSpec | None:
        """The first period in which something is owed; 月报 speaks for those of the same day."""
        day = self.planned.first
        there = [each.spec for each in self.periods if each.spec.data_as_of == day]
        return min(there, key=lambda spec: spec.cycle != MONTHLY) if there else None

    @property
    def first_in_words(self) -> str:
        """首期为3月，4月6日（星期四）24时截止."""
        if self.first is None:
            return NEVER
        return f"首期为{self.first.label}，{text.deadline(self.first.due_on)}截止"

    @property
    def first_count(self) -> int:
        """Filings of the first period."""
        return self.planned.on(self.planned.first)

    @property
    def rows(self) -> list[tuple[UnitOwes, int, list[int]]]:
        """A unit, its filings of the first period, and those of each of the days."""
        days, first = self.planned.days, self.planned.first
        return [
            (each, each.filings[first] if first else 0, [each.filings[day] for day in days])
            for each in self.planned.units
        ]

    @property
    def totals(self) -> list[int]:
        """By day."""
        return [self.planned.on(day) for day in self.planned.days]

    @property
    def before(self) -> str:
        """1—2月、3月: what will be 启用前."""
        return labels_of(each.spec for each in self.periods if each.is_before)

    @property
    def label(self) -> str:
        if self.value == Beginning.LATE:
            return f"补报{self.late}"
        return Beginning(self.value).label

    @property
    def said(self) -> str:
        """What follows from it."""
        if self.value == Beginning.LATE:
            return f"另定截止日期，最早为启用后5个工作日：{text.day(self.due_on)}。"
        unhurt = f"{self.before}记“启用前”，不计按时率，任何单位不记逾期" if self.before else ""
        return f"{self.first_in_words}；{unhurt}。" if unhurt else f"{self.first_in_words}。"


@dataclass(frozen=True)
class StartPage:
    """`late` are the periods whose due day has passed or is too near; `options` by their value,
    only the first of them where nothing is late. `latest`: no due day may be set behind it.
    """

    content: Content
    checked: Checked
    options: Mapping[str, Option]
    late: Sequence[PeriodSpec]
    earliest: date
    latest: date

    @property
    def seen(self) -> str:
        return seen_of(self.content)

    @property
    def values(self) -> list[str]:
        """Those that are offered."""
        return list(self.options) if self.late else []

    def option_of(self, beginning: str | None) -> Option:
        """The one that was chosen."""
        return self.options.get(beginning or "", self.options[Beginning.SKIP])

    @property
    def late_in_words(self) -> str:
        """1—2月（3月6日截止）; of many the first and the last."""
        shown = [f"{each.label}（{text.day(each.due_on)}截止）" for each in in_order(self.late)]
        return f"{shown[0]}至{shown[-1]}" if len(shown) > MOST_SHOWN else "、".join(shown)


def seen_of(content: Content) -> str:
    """Changes with every act and every original: nobody switches on what they did not see."""
    last = content.acts[-1].pk if content.acts else 0
    return f"{content.source.pk}-{last}-{len(content.acts)}"


def page_of_start(content: Content, today: date, due_on: date | None = None) -> StartPage:
    """Everything of the page, in about a dozen queries. `due_on`: chosen for what is filed late."""
    head, days = content.reading.head, overrides()
    year = head.year if is_a_year(head.year) else None
    specs = specs_of(year, days) if year is not None else []
    issued_on = head.issued_on or date(year or today.year, 1, 1)
    answering = Answering(issued_on)
    items = [(each, answering.of(each)) for each in content.items]
    late, earliest = late_ones(specs, today, days), earliest_due(today, days)
    options = {}
    for value in Beginning if late else (Beginning.SKIP,):
        periods = begun(specs, value, today, days, due_on)
        owed = planned(items, periods, issued_on)
        if value != Beginning.QUARTER or owed.year:  # in the last quarter nothing would be left
            options[str(value)] = Option(
                str(value), owed, periods, labels_of(late), due_on or earliest
            )
    latest = date((year or today.year) + 1, 12, 31)
    checked = check(content, items, today)
    return StartPage(content, checked, options, late, earliest, max(latest, earliest))


def is_a_year(year: int | None) -> bool:
    """As `tasks.intake.plan` takes one."""
    return year is not None and 2000 <= year <= 2100
