"""What the page of a period shows: filings by unit with whom to telephone, and the judgements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from progress.finalizing.finalize import rows_to_freeze
from progress.models import Period, ProgressReport, ReportState, TaskPeriod, Urge
from progress.periods.by_unit import (
    UnitFilings,
    by_unit,
    liaisons_of,
)
from progress.periods.opening import missing_reports
from progress.periods.owed import filing_state, owed
from progress.states import Light


@dataclass(frozen=True)
class PeriodPage:
    """`missing` has not left the unit yet; `open` has, and is not accepted."""

    owed_count: int
    states: list[tuple[str, int]]
    missing: list[UnitFilings]
    open: list[UnitFilings]
    rows: list[TaskPeriod]

    @property
    def missing_count(self) -> int:
        return sum(len(each.filings) for each in self.missing)

    @property
    def open_count(self) -> int:
        return sum(len(each.filings) for each in self.open)

    @property
    def missing_items(self) -> int:
        """Items judged without a report of this period."""
        return sum(row.is_missing for row in self.rows)

    @property
    def items_in_review(self) -> int:
        """Items judged by what was accepted before, for what was sent is not through."""
        return sum(row.is_in_review for row in self.rows)

    @property
    def lights(self) -> list[tuple[str, int]]:
        """Light → items, in the order of the lights; all parts add up to the rows."""
        counted = Counter(row.light for row in self.rows)
        return [(light, counted[light]) for light in Light if counted[light]]


def page_of_period(period: Period, now: datetime) -> PeriodPage:
    """Everything of the page, in about 18 queries."""
    today = now.date()
    filings = [(report, filing_state(report, today)) for report in _reports(period, today)]
    waiting = [each for each in filings if each[0].state != ReportState.ACCEPTED]
    contacts = liaisons_of({report.unit.pk for report, _ in waiting}, today)
    missing = by_unit([f for f in waiting if f[0].first_left_at is None], contacts)
    still_open = by_unit([f for f in waiting if f[0].first_left_at is not None], contacts)
    _add_urges([*missing, *still_open], period)
    return PeriodPage(
        owed_count=len(filings),
        states=Counter(state for _, state in filings).most_common(),
        missing=missing,
        open=still_open,
        rows=_rows(period, now) if period.is_finalized or period.is_open(today) else [],
    )


def _add_urges(groups: Iterable[UnitFilings], period: Period) -> None:
    """Who was telephoned or urged otherwise about filings of this period, the newest first."""
    urged: dict[int, list[Urge]] = defaultdict(list)
    about = Urge.objects.filter(subjects__report__period=period).distinct()
    for urge in about.order_by("-urged_at", "-pk"):
        urged[urge.unit_id].append(urge)
    for each in groups:
        each.urges = urged[each.unit.pk]


def _reports(period: Period, today: date) -> list[ProgressReport]:
    rows = owed(period).order_by("responsibility__unit__ordinal", "responsibility__unit", "pk")
    in_order = attrgetter("unit.ordinal", "unit.pk")
    # of a draft: known, and nobody is asked yet
    return list(rows) or sorted(missing_reports(period, today), key=in_order)


def _rows(period: Period, now: datetime) -> list[TaskPeriod]:
    """The frozen rows; before 定稿 those that it would write."""
    if not period.is_finalized:
        return rows_to_freeze(period, now)
    frozen = TaskPeriod.objects.filter(period=period).select_related("task")
    return list(frozen.order_by("task__kind", "task__number"))
