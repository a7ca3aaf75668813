"""The queue of what waits for the office, the longest waiting first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huangshi_tasks.lib.clock import SHANGHAI
from huangshi_tasks.lib.workdays import workdays_between
from progress.models import ProgressReport, ReportState, ReportVersion
from tasks.models import Plan

REVIEW_WORKDAYS = 2  # design.md section 4: review 2 working days


@dataclass(frozen=True)
class QueueRow:
    """A report that waits; `age` in working days since it left the unit."""

    report: ProgressReport
    version: ReportVersion
    age: int

    @property
    def is_old(self) -> bool:
        return self.age > REVIEW_WORKDAYS


@dataclass(frozen=True)
class Queue:
    """All that waits in a plan."""

    rows: list[QueueRow]

    def after(self, report: ProgressReport) -> ProgressReport | None:
        """The one to open after `report` was decided: it stands in the queue no more."""
        keys = [(row.version.signed_at, row.report.pk) for row in self.rows]
        own = report.latest()
        place = (own.signed_at if own else None, report.pk)
        later = [row for row, key in zip(self.rows, keys, strict=True) if _after(key, place)]
        found = later or self.rows
        return found[0].report if found else None

    def neighbours(self, pk: int) -> tuple[ProgressReport | None, ProgressReport | None]:
        """What stands before and behind a report of the queue."""
        ids = [row.report.pk for row in self.rows]
        if pk not in ids:
            return None, None
        at = ids.index(pk)
        before = self.rows[at - 1].report if at > 0 else None
        behind = self.rows[at + 1].report if at + 1 < len(ids) else None
        return before, behind


def _after(key: tuple[datetime | None, int], place: tuple[datetime | None, int]) -> bool:
    if key[0] is None or place[0] is None:
        return key[1] > place[1]
    return (key[0], key[1]) > (place[0], place[1])


def queue_of(plan: Plan, now: datetime) -> Queue:
    """Two queries, whatever the length."""
    waiting = ProgressReport.objects.filter(period__plan=plan, state=ReportState.REVIEWING)
    related = waiting.select_related("period", "responsibility__task__plan", "responsibility__unit")
    versions = ReportVersion.objects.filter(report__in=waiting).order_by("number")
    latest = {version.report_id: version for version in versions}
    rows = [QueueRow(report, latest[report.pk], _age(latest[report.pk], now)) for report in related]
    return Queue(sorted(rows, key=lambda row: (row.version.signed_at or now, row.report.pk)))


def _age(version: ReportVersion, now: datetime) -> int:
    if version.signed_at is None:
        return 0
    return max(0, workdays_between(version.signed_at.astimezone(SHANGHAI).date(), now.date()))
