"""Which of the rows at hand are still owed: the answer of `progress.owed.owed`, for many periods.

A page that has the reports of several periods asks here; it costs two queries, or none where the
decisions are loaded already.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from progress.models import (
    Adjustment,
    AdjustmentKind,
    Closure,
    ClosureState,
    DecisionState,
    ProgressReport,
)
from tasks.models import Plan


class Reliefs:
    """The decisions by which items owe nothing: suspended for a time, or closed (已销号)."""

    def __init__(self, adjustments: Iterable[Adjustment], closures: Iterable[Closure]) -> None:
        self.suspensions = [
            each
            for each in adjustments
            if each.kind == AdjustmentKind.SUSPENSION and each.state == DecisionState.REGISTERED
        ]
        self.closures = [each for each in closures if each.state == ClosureState.CLOSED]

    @classmethod
    def of(cls, plan: Plan) -> Reliefs:
        """Those of a whole plan."""
        return cls(
            Adjustment.objects.filter(task__plan=plan, kind=AdjustmentKind.SUSPENSION),
            Closure.objects.filter(task__plan=plan, state=ClosureState.CLOSED),
        )

    def holds(self, task_id: int, day: date) -> bool:
        """Whether the item owes nothing on `day`."""
        is_suspended = any(
            each.task_id == task_id and each.holds_on(day) for each in self.suspensions
        )
        return is_suspended or any(
            each.task_id == task_id and each.closed_on is not None and each.closed_on <= day
            for each in self.closures
        )


def still_owed(report: ProgressReport, reliefs: Reliefs) -> bool:
    """Whether the row stands at its period's date; what was filed once stands for ever."""
    if report.first_left_at is not None:
        return True
    responsibility, day = report.responsibility, report.period.data_as_of
    return responsibility.holds_on(day) and not reliefs.holds(responsibility.task_id, day)


def is_under_way(report: ProgressReport, today: date) -> bool:
    """Whether something can still happen to it: its period collects, it was opened again (补报),
    or it is being corrected.
    """
    if not report.period.is_finalized:
        return True
    if report.state == "accepted":
        return False
    is_reopened = report.reopened_until is not None and today <= report.reopened_until
    return is_reopened or report.accepted_version_id is not None or report.state == "reviewing"
