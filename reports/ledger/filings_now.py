"""How far the filings of the period now open have come, item by item, for whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from progress.board.shown import Item
from progress.models import Duty, Period, ProgressReport
from progress.periods.access import newest_opened
from progress.periods.owed import state_of, told_apart
from tasks.models import Plan
from units.actors import Actor


@dataclass(frozen=True)
class Filing:
    """`state` is a report state, `none` or `overdue`; empty where nothing is owed now."""

    label: str  # 7月, 三季度
    state: str = ""


def filings_of(plan: Plan, items: Sequence[Item], actor: Actor, today: date) -> dict[int, Filing]:
    """Task id → its filing in the open period; items whose cycle has none open are left out.

    The office sees the main report, a unit its own, and whoever only reads sees nothing.
    """
    if actor.is_reader:
        return {}
    periods = open_periods(plan, today)
    states = _states(list(periods.values()), actor, today)
    return {
        item.pk: Filing(periods[item.cycle].label, states.get(item.pk, ""))
        for item in items
        if item.cycle in periods
    }


def open_periods(plan: Plan, today: date) -> dict[str, Period]:
    """Cycle → its newest opened period, while that is collecting."""
    newest = newest_opened(plan, today)
    return {cycle: period for cycle, period in newest.items() if not period.is_finalized}


def _states(periods: Sequence[Period], actor: Actor, today: date) -> dict[int, str]:
    """Task id → where its report stands; of a successor's and the one before, the successor's."""
    if not periods:
        return {}
    reports = ProgressReport.objects.filter(period__in=[period.pk for period in periods])
    if actor.is_office:
        reports = reports.filter(duty=Duty.MAIN)
    else:
        reports = reports.of_unit(actor.unit)
    in_order = (
        told_apart(reports)
        .order_by("responsibility__starts_on", "id")
        .values_list(
            "responsibility__task_id",
            *("state", "accepted_version_id", "first_left_at", "due_on", "has_version"),
        )
    )
    return {task: state_of(*stands, today=today) for task, *stands in in_order}
