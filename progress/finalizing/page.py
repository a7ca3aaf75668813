"""What the page of a period shows: filings by unit with whom to telephone, and the judgements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter

from progress.finalizing.finalize import rows_of
from progress.finalizing.waiting import InReview, in_review, waiting_versions
from progress.judging.gathering import gather
from progress.judging.judge import live_of
from progress.models import Period, ProgressReport, ReportState, TaskPeriod, Urge
from progress.periods.by_unit import (
    UnitFilings,
    by_unit,
    liaisons_of,
)
from progress.periods.opening import missing_reports
from progress.periods.owed import filing_state, owed, tasks_of
from progress.states import Light


@dataclass(frozen=True)
class PeriodPage:
    """`missing` has not left the unit yet; `open` has, and is not accepted."""

    owed_count: int
    states: list[tuple[str, int]]
    missing: list[UnitFilings]
    open: list[UnitFilings]
    rows: list[TaskPeriod]
    waiting: InReview | None = None  # before 定稿

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
        """待审核: items that are counted apart, for the office has not read what was sent."""
        return sum(row.light == Light.IN_REVIEW for row in self.rows)

    @property
    def firsts(self) -> list[TaskPeriod]:
        """The first judgements beside which a second stands (补充定稿)."""
        return [row for row in self.rows if row.supplement]

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
    page = PeriodPage(
        owed_count=len(filings),
        states=Counter(state for _, state in filings).most_common(),
        missing=missing,
        open=still_open,
        rows=_frozen(period) if period.is_finalized else [],
    )
    return _with_preview(page, period, now) if period.is_open(today) else page


def _with_preview(page: PeriodPage, period: Period, now: datetime) -> PeriodPage:
    """The rows that 定稿 would write now, and what waits for the office."""
    tasks, versions = tasks_of(period), waiting_versions(period)
    if not tasks:
        return page
    gathered = gather([(task, period) for task in tasks])
    judged = {task.pk: live_of(gathered, task, period) for task in tasks}
    return replace(
        page,
        rows=rows_of(tasks, judged, [each.report for each in versions], now),
        waiting=in_review(versions, period, gathered, now),
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


def _frozen(period: Period) -> list[TaskPeriod]:
    frozen = TaskPeriod.objects.standing().filter(period=period).select_related("task")
    return list(frozen.order_by("task__kind", "task__number"))
