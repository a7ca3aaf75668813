"""What 督查室 shows of today: the filings of the open periods in a line, and four panels of what
must be done now. A panel that cannot be read says so and leaves the others alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from huangshi_tasks.lib import text
from progress.models import Period
from progress.periods.access import periods_of
from progress.periods.beginning import how_it_began
from progress.periods.by_unit import UnitFilings, by_unit
from progress.periods.owed import OVERDUE, Reliefs
from progress.urging.unreported import Contacted, last_contacts
from reports.office.page import Number, OtherPlan, collecting, label_of_periods, other_plans, passed
from reports.office.page import states as states_of
from reports.stats.filing_lines import FilingLine, Wanted, lines_to_do
from reports.stats.quiet import phones_of_liaisons
from reports.today.asked import asked_rows, due_rows
from reports.today.rows import Links, Row, asked_lines, due_lines, review_lines
from tasks.models import Plan
from tasks.plan_names import Chip

logger = logging.getLogger(__name__)
SHOWN = 5
CODES = 5
T = TypeVar("T")


@dataclass(frozen=True)
class Panel(Generic[T]):
    """`rows` of everything; `failed` where they could not be read."""

    key: str
    title: str
    rows: Sequence[T] = field(default_factory=list)
    failed: bool = False

    @property
    def first(self) -> Sequence[T]:
        return self.rows[:SHOWN]

    @property
    def late(self) -> int:
        return sum(getattr(row, "tone", "") == "late" for row in self.rows)

    @property
    def is_there(self) -> bool:
        return self.failed or bool(self.rows)


@dataclass(frozen=True)
class AbsentUnit:
    """A unit with what it has not sent of one plan, whom to telephone and the last contact."""

    plan: Plan
    filings: UnitFilings
    last: Contacted | None
    chip: Chip | None

    @property
    def shown(self) -> Sequence[tuple[Any, str]]:
        """As many as stand in one line."""
        return self.filings.filings[:CODES]

    @property
    def more(self) -> int:
        return len(self.filings.filings) - len(self.shown)

    @property
    def contact(self) -> str:
        """Name and telephone of whoever is to be called; empty where none is known."""
        return next(iter(self.filings.contacts), "")

    @property
    def person(self) -> str:
        return self.contact.rpartition(" ")[0]

    @property
    def phone(self) -> str:
        return self.contact.rpartition(" ")[2]

    @property
    def is_overdue(self) -> bool:
        return any(state == OVERDUE for _, state in self.filings.filings)


@dataclass(frozen=True)
class TodayPage:
    """Everything of the page."""

    today: date
    periods: list[Period]
    beginning: str
    collecting: list[tuple[str, date]]
    passed: list[str]
    owed: int
    states: list[Number]
    absent: Panel[AbsentUnit]
    review: Panel[Row]
    due: Panel[Row]
    asked: Panel[Row]
    others: list[OtherPlan]

    @property
    def label(self) -> str:
        """7月, or of several cycles 6月、二季度、上半年."""
        return label_of_periods(self.periods)

    @property
    def ready_from(self) -> str:
        """8月12日起可以定稿; empty without an open period."""
        first = min(self.periods, key=lambda period: period.closes_on, default=None)
        if first is None:
            return ""
        return (
            "可以定稿"
            if first.closes_on <= self.today
            else f"{text.day(first.closes_on)}起可以定稿"
        )

    @property
    def distribution(self) -> list[tuple[str, int]]:
        """For the segment bar."""
        return [(each.key, each.count) for each in self.states]

    @property
    def absent_count(self) -> int:
        """份, as 未报清单 counts them."""
        return sum(len(each.filings.filings) for each in self.absent.rows)

    @property
    def panels(self) -> list[Panel[Row] | Panel[AbsentUnit]]:
        return [self.absent, self.review, self.due, self.asked]

    @property
    def has_failed(self) -> bool:
        """Whether something is missing that the next visit may find."""
        return any(panel.failed for panel in self.panels)

    @property
    def is_quiet(self) -> bool:
        """Nothing waits."""
        return not any(panel.is_there for panel in self.panels)


def today_page(plans: Sequence[Plan], chips: dict[int, Chip], now: datetime) -> TodayPage:
    """Of the first plan, and in the panels of all. Five queries, whatever the number of items."""
    today, plan = now.date(), plans[0]
    lines = lines_to_do(plans, now)
    own = [each for each in lines if each.report.period.plan_id == plan.pk and each.is_open]
    links, ids = Links(plans, chips), tuple(each.pk for each in plans)
    periods = [p for p in periods_of(plan) if p.is_open(today)]
    return TodayPage(
        today=today,
        periods=periods,
        beginning=how_it_began(periods_of(plan), today),
        collecting=collecting(periods, today),
        passed=passed(periods, today),
        owed=len(own),
        states=states_of(own, Wanted(open="1"), "state"),
        absent=_panel("absent", "未报单位", lambda: _absent(plans, lines, chips, today)),
        review=_panel("review", "待审核", lambda: review_lines(lines, links)),
        due=_panel(
            "due",
            "今日到期和逾期",
            lambda: due_lines(due_rows(ids, today), lines, Reliefs.of(*plans), links, today),
        ),
        asked=_panel("asked", "待批", lambda: asked_lines(asked_rows(ids), links)),
        others=other_plans(plans, lines, today),
    )


def _panel(key: str, title: str, read: Callable[[], list[T]]) -> Panel[T]:
    try:
        return Panel(key, title, read())
    except Exception:
        logger.exception("The panel %s of 督查室 could not be read", key)
        return Panel(key, title, failed=True)


def _absent(
    plans: Sequence[Plan], lines: Sequence[FilingLine], chips: dict[int, Chip], today: date
) -> list[AbsentUnit]:
    """The most filings first; after the deadline whoever was asked longest ago, or never."""
    last, liaisons = last_contacts(plans), phones_of_liaisons(today)
    found = []
    for plan in plans:
        own = [
            (line.report, line.state)
            for line in lines
            if line.report.period.plan_id == plan.pk and line.is_open and line.is_unreported
        ]
        for each in by_unit(own, liaisons):
            found.append(AbsentUnit(plan, each, last.get(each.unit.pk), chips.get(plan.pk)))
    return sorted(found, key=_first_asked)


def _first_asked(each: AbsentUnit) -> tuple[bool, float, int]:
    asked = each.last.urged_at.timestamp() if each.is_overdue and each.last else 0.0
    return not each.is_overdue, asked, -len(each.filings.filings)
