"""按时报送 of one unit: how much of what it owed left in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from huangshi_tasks.lib.clock import SHANGHAI
from progress.models import Period, PeriodState, ProgressReport
from progress.periods.access import periods_of
from progress.periods.filed import UNIT, Filed, UnitName
from progress.periods.owed import Filing, is_on_time
from tasks.models import Cycle, Plan
from units.asking.rows import prepared_rows

OFTEN = {cycle: place for place, cycle in enumerate(Cycle.values)}  # the most frequent first
STEPS = ((100, 4), (90, 3), (75, 2))  # percent from which a heat class holds; below: 1


class Counted(NamedTuple):
    """What a unit owed in one period: how much, and of that what left too late or never."""

    unit: UnitName
    period: Period
    owed: int
    late: int
    missing: int


@dataclass(frozen=True)
class Punctuality:
    """One day of 数据截至: how much the unit owed for it, under the name of `period`; what was
    `late` left too late, or was empty when it left (空报), what is `missing` has never left.
    `days_late` are those of every late one, where a sentence is to be said.
    """

    period: Period
    owed: int
    late: int
    missing: int
    days_late: tuple[int, ...] = ()

    @property
    def is_open(self) -> bool:
        return not self.period.is_finalized

    @property
    def percent(self) -> int:
        """Rounded down: 100 is said only where nothing was late."""
        return 100 * (self.owed - self.late - self.missing) // self.owed

    @property
    def heat(self) -> int:
        """Class of the heat cell: 4 is best, 0 is still open (ui/design.md section 5)."""
        if self.is_open:
            return 0
        return next((heat for least, heat in STEPS if self.percent >= least), 1)

    @property
    def sentence(self) -> str:
        """6月2份未按时报送（均迟报1天）; empty where all came in time, or may still come."""
        if self.is_open or not (self.late or self.missing):
            return ""
        count = self.late + self.missing
        return f"{self.period.label}{count}份未按时报送{_how_late(self.days_late, self.missing)}"


def punctuality_of(filings: Iterable[Filing]) -> list[Punctuality]:
    """Day by day of 数据截至, the oldest first: a June holds what was owed for the month, the
    quarter and the half year.
    """
    grouped: dict[date, list[Filing]] = defaultdict(list)
    for each in filings:
        grouped[each.period.data_as_of].append(each)
    return [
        punctual(name_of(each.period for each in grouped[day]), grouped[day])
        for day in sorted(grouped)
    ]


def punctual(period: Period, filings: Sequence[Filing]) -> Punctuality:
    """Of what was owed for one day, under the name of `period`."""
    late = [each for each in filings if is_on_time(each) is False]
    missing = sum(each.first_left_at is None for each in filings)
    return Punctuality(period, len(filings), len(late), missing, tuple(map(_days_late, late)))


def together(counted: Sequence[Counted]) -> Punctuality:
    """What one unit owed for one day, period by period."""
    return Punctuality(
        name_of(each.period for each in counted),
        sum(each.owed for each in counted),
        sum(each.late for each in counted),
        sum(each.missing for each in counted),
    )


def name_of(periods: Iterable[Period]) -> Period:
    """The most frequent of one day; an open one as long as there is any."""
    return min(periods, key=lambda each: (each.is_finalized, OFTEN[each.cycle]))


def counted_of(filings: Iterable[Filed]) -> list[Counted]:
    """By unit and period, in the order in which they come."""
    grouped: dict[tuple[int, int], list[Filed]] = defaultdict(list)
    for each in filings:
        grouped[each.unit.pk, each.period.pk].append(each)
    return [Counted(own[0].unit, own[0].period, *_counts(own)) for own in grouped.values()]


def _counts(own: Sequence[Filed]) -> tuple[int, int, int]:
    return (
        len(own),
        sum(is_on_time(each) is False for each in own),
        sum(each.first_left_at is None for each in own),
    )


def left_of(plan: Plan, today: date) -> list[Counted]:
    """Of the periods that are finalized what has left the units, whatever is asked of it today:
    counted by the database, for a year has thousands. The rule is that of `is_on_time`.
    """
    periods = {period.pk: period for period in periods_of(plan)}
    rows = _left(plan.pk, today)
    units = {row[1]: UnitName(*row[1:5]) for row in rows}
    return [
        Counted(units[pk], periods[period], owed, too_late, 0)
        for period, pk, _, _, _, owed, too_late in rows
    ]


@prepared_rows
def _left(plan_id: int, today: date) -> QuerySet[Any, Any]:
    left = ProgressReport.objects.filter(
        period__plan=plan_id,
        period__opens_on__lte=today,
        period__state=PeriodState.FINALIZED,
        first_left_at__isnull=False,
    ).alias(left_on=TruncDate("first_left_at", tzinfo=SHANGHAI))
    late = Q(first_was_empty=True) | Q(left_on__gt=F("due_on"))
    columns = ("period_id", *(f"responsibility__unit__{name}" for name in UNIT))
    grouped = left.order_by().values_list(*columns)
    return grouped.annotate(owed=Count("pk"), late=Count("pk", filter=late))


def _how_late(days_late: Sequence[int], missing: int) -> str:
    parts = [f"{missing}份未报送"] if missing else []
    days = {days for days in days_late if days}
    if days:
        span = f"均迟报{min(days)}天" if len(days) == 1 else f"迟报{min(days)}至{max(days)}天"
        parts.append(span)
    return f"（{'，'.join(parts)}）" if parts else ""


def _days_late(report: Filing) -> int:
    if report.first_left_at is None:
        return 0
    return max((report.first_left_at.astimezone(SHANGHAI).date() - report.due_on).days, 0)
