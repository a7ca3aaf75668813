"""The queue of what waits for the office, the longest waiting first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, QuerySet

from huangshi_tasks.lib.clock import SHANGHAI
from huangshi_tasks.lib.workdays import Overrides, workdays_between
from progress.contents.versions import explained
from progress.models import (
    Decision,
    HeldAcceptance,
    ProgressReport,
    ReportState,
    ReportVersion,
)
from tasks.models import Plan
from tasks.plan_names import Chip, chips_of
from units.asking.prepared import Many, prepared
from units.calendar import workdays

LAST = datetime(9999, 1, 1, tzinfo=SHANGHAI)
REVIEW_WORKDAYS = 2  # design.md section 4: review 2 working days


@dataclass(frozen=True)
class QueueRow:
    """A report that waits; `age` in working days since it left the unit.

    `returned` is the version that the office sent back last, whose reason this one answers; `held`
    the 通过 that is not carried out yet; `chip` its plan, where several are worked on.
    """

    report: ProgressReport
    version: ReportVersion
    age: int
    returned: ReportVersion | None = None
    held: HeldAcceptance | None = None
    chip: Chip | None = None

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
        return explained(self.version)


@dataclass(frozen=True)
class Queue:
    """All that waits in the plans that are worked on."""

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


def queue_of(plans: Sequence[Plan], now: datetime) -> Queue:
    """Two queries, whatever the length and the number of plans."""
    by_id, chips = {plan.pk: plan for plan in plans}, chips_of(plans)
    latest: dict[int, ReportVersion] = {}
    returned: dict[int, ReportVersion] = {}
    for version in _waiting(plans=list(by_id)):
        latest[version.report_id] = version
        if version.decision == Decision.RETURNED and version.signed_at is not None:
            returned[version.report_id] = version
    days = workdays.overrides()
    for version in latest.values():
        version.report.knows(by_id[version.report.period.plan_id])
    rows = [
        QueueRow(
            each.report,
            each,
            age_of(each.signed_at, now, days),
            returned.get(pk),
            _held(each.report),
            chips.get(each.report.period.plan_id),
        )
        for pk, each in latest.items()
    ]
    return Queue(sorted(rows, key=lambda row: row.place))


@prepared(plans=Many(IntegerField()))
def _waiting(plans: Any) -> QuerySet[ReportVersion]:
    waiting = {"report__period__plan__in": plans, "report__state": ReportState.REVIEWING}
    related = ReportVersion.objects.filter(**waiting).select_related(
        "report__held",
        "report__period",
        "report__responsibility__task",
        "report__responsibility__unit",
    )
    return related.order_by("number")


def _held(report: ProgressReport) -> HeldAcceptance | None:
    found: HeldAcceptance | None = getattr(report, "held", None)  # read with the report
    return found


def age_of(signed_at: datetime | None, now: datetime, days: Overrides) -> int:
    """How many working days it has waited since it left its unit."""
    if signed_at is None:
        return 0
    signed_on = signed_at.astimezone(SHANGHAI).date()
    return max(0, workdays_between(signed_on, now.date(), days))
