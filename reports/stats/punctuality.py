"""按时报送 of one unit: how much of what it owed left in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from huangshi_tasks.lib.clock import SHANGHAI
from progress.models import Period, ProgressReport
from progress.periods.owed import is_on_time
from tasks.models import Cycle

STEPS = ((100, 4), (90, 3), (75, 2))  # percent from which a heat class holds; below: 1


@dataclass(frozen=True)
class Punctuality:
    """One day of 数据截至: the reports that the unit owed for it, under the name of `period`."""

    period: Period
    reports: Sequence[ProgressReport]

    @property
    def is_open(self) -> bool:
        return not self.period.is_finalized

    @property
    def late(self) -> list[ProgressReport]:
        """What left too late, or was empty when it left (空报)."""
        return [report for report in self.reports if is_on_time(report) is False]

    @property
    def missing(self) -> list[ProgressReport]:
        """What has never left."""
        return [report for report in self.reports if report.first_left_at is None]

    @property
    def percent(self) -> int:
        """Rounded down: 100 is said only where nothing was late."""
        punctual = len(self.reports) - len(self.late) - len(self.missing)
        return 100 * punctual // len(self.reports)

    @property
    def heat(self) -> int:
        """Class of the heat cell: 4 is best, 0 is still open (ui/design.md section 5)."""
        if self.is_open:
            return 0
        return next((heat for least, heat in STEPS if self.percent >= least), 1)

    @property
    def sentence(self) -> str:
        """6月2项未按时报送（均迟报1天）; empty where all came in time, or may still come."""
        if self.is_open or not (self.late or self.missing):
            return ""
        count = len(self.late) + len(self.missing)
        return f"{self.period.label}{count}项未按时报送{_how_late(self.late, self.missing)}"


def punctuality_of(reports: Iterable[ProgressReport]) -> list[Punctuality]:
    """Day by day of 数据截至, the oldest first: a June holds what was owed for the month, the
    quarter and the half year.
    """
    grouped: dict[date, list[ProgressReport]] = defaultdict(list)
    for report in reports:
        grouped[report.period.data_as_of].append(report)
    return [together(grouped[day]) for day in sorted(grouped)]


def together(reports: Sequence[ProgressReport]) -> Punctuality:
    """What was owed for one day, open as long as one of its periods is."""
    order = list(Cycle.values)  # the most frequent first
    periods = [report.period for report in reports]
    period = min(periods, key=lambda each: (each.is_finalized, order.index(each.cycle)))
    return Punctuality(period, reports)


def _how_late(late: Sequence[ProgressReport], missing: Sequence[ProgressReport]) -> str:
    parts = [f"{len(missing)}项未报送"] if missing else []
    days = {days for report in late if (days := _days_late(report))}
    if days:
        span = f"均迟报{min(days)}天" if len(days) == 1 else f"迟报{min(days)}至{max(days)}天"
        parts.append(span)
    return f"（{'，'.join(parts)}）" if parts else ""


def _days_late(report: ProgressReport) -> int:
    if report.first_left_at is None:
        return 0
    return max((report.first_left_at.astimezone(SHANGHAI).date() - report.due_on).days, 0)
