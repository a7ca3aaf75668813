"""The queue of what waits for the office, the longest waiting first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huangshi_tasks.lib.clock import SHANGHAI
from huangshi_tasks.lib.workdays import Overrides, workdays_between
from progress.models import (
    Decision,
    HeldAcceptance,
    ProgressReport,
    ReportState,
    ReportVersion,
)
from tasks.models import Plan
from units.calendar import workdays

LAST = datetime(9999, 1, 1, tzinfo=SHANGHAI)
REVIEW_WORKDAYS = 2  # design.md section 4: review 2 working days


@dataclass(frozen=True)
class QueueRow:
    """A report that waits; `age` in working days since it left the unit.

    `returned` is the version that the office sent back last, whose reason this one answers; `held`
    the 通过 that is not carried out yet.
    """

    report: ProgressReport
    version: ReportVersion
    age: int
    returned: ReportVersion | None = None
    held: HeldAcceptance | None = None

    @property
    def is_old(self) -> bool:
        return self.age > REVIEW_WORKDAYS

    @property
    def is_due(self) -> bool:
        """To be decided today."""
        return self.age == REVIEW_WORKDAYS

    @property
    def place(self) -> tuple[datetime, int]:
        """Where it stands: the longest waiting first."""
        return self.version.signed_at or LAST, self.report.pk

    @property
    def explained(self) -> int:
        """How many findings the unit answered with a sentence; blocking ones never leave it."""
        return sum(1 for said in self.version.explanations.values() if str(said).strip())


@dataclass(frozen=True)
class Queue:
    """All that waits in a plan."""

    rows: list[QueueRow]

    @property
    def undecided(self) -> list[QueueRow]:
        """Without those that are accepted in some seconds."""
        return [row for row in self.rows if row.held is None]

    @property
    def held(self) -> list[QueueRow]:
        """将通过: decided, and not carried out yet."""
        return [row for row in self.rows if row.held is not None]

    def find(self, pk: int) -> QueueRow | None:
        """The row of a report; None when it does not wait."""
        return next((row for row in self.rows if row.report.pk == pk), None)

    def neighbours(self, pk: int) -> tuple[ProgressReport | None, ProgressReport | None]:
        """What stands before and behind a report of the queue."""
        ids = [row.report.pk for row in self.rows]
        if pk not in ids:
            return None, None
        at = ids.index(pk)
        before = self.rows[at - 1].report if at > 0 else None
        behind = self.rows[at + 1].report if at + 1 < len(ids) else None
        return before, behind


def queue_of(plan: Plan, now: datetime) -> Queue:
    """Two queries, whatever the length."""
    versions = ReportVersion.objects.filter(
        report__period__plan=plan, report__state=ReportState.REVIEWING
    ).select_related(
        "report__held",
        "report__period",
        "report__responsibility__task",
        "report__responsibility__unit",
    )
    latest: dict[int, ReportVersion] = {}
    returned: dict[int, ReportVersion] = {}
    for version in versions.order_by("number"):
        latest[version.report_id] = version
        if version.decision == Decision.RETURNED and version.signed_at is not None:
            returned[version.report_id] = version
    days = workdays.overrides()
    for version in latest.values():
        version.report.knows(plan)
    rows = [
        QueueRow(each.report, each, _age(each, now, days), returned.get(pk), _held(each.report))
        for pk, each in latest.items()
    ]
    return Queue(sorted(rows, key=lambda row: row.place))


def _held(report: ProgressReport) -> HeldAcceptance | None:
    found: HeldAcceptance | None = getattr(report, "held", None)  # read with the report
    return found


def _age(version: ReportVersion, now: datetime, days: Overrides) -> int:
    if version.signed_at is None:
        return 0
    signed_on = version.signed_at.astimezone(SHANGHAI).date()
    return max(0, workdays_between(signed_on, now.date(), days))
