"""How far the filings of the period now open have come, item by item, for whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from progress.models import Duty, Period, ProgressReport
from progress.models.reports import ReportQuerySet
from progress.periods.access import newest_opened
from progress.periods.owed import filing_state, with_versions
from tasks.models import Plan, Task
from units.actors import Actor


@dataclass(frozen=True)
class Filing:
    """`state` is a report state, `none` or `overdue`; empty where nothing is owed now."""

    label: str  # 7月, 三季度
    state: str = ""


def filings_of(plan: Plan, tasks: Sequence[Task], actor: Actor, today: date) -> dict[int, Filing]:
    """Task id → its filing in the open period; items whose cycle has none open are left out.

    The office sees the main report, a unit its own, and whoever only reads sees nothing.
    """
    if actor.is_reader:
        return {}
    periods = open_periods(plan, today)
    reports = _reports(list(periods.values()), actor)
    states = {
        report.responsibility.task_id: filing_state(report, today)
        for report in reports.order_by("responsibility__starts_on", "id")  # a successor comes last
    }
    return {
        task.pk: Filing(periods[task.cycle].label, states.get(task.pk, ""))
        for task in tasks
        if task.cycle in periods
    }


def open_periods(plan: Plan, today: date) -> dict[str, Period]:
    """Cycle → its newest opened period, while that is collecting."""
    newest = newest_opened(plan, today)
    return {cycle: period for cycle, period in newest.items() if not period.is_finalized}


def _reports(periods: Sequence[Period], actor: Actor) -> ReportQuerySet:
    reports = ProgressReport.objects.filter(period__in=periods)
    if actor.is_office:
        return with_versions(reports.filter(duty=Duty.MAIN))
    return with_versions(reports.of_unit(actor.unit))
