"""Making periods and the reports owed in them. Every function may run any number of times.

Two processes at once are safe: unique constraints decide, the loser's rows are ignored.
"""

from __future__ import annotations

from datetime import date

from huangshi_tasks.lib.workdays import Overrides
from progress.models import Period, PeriodState, ProgressReport
from progress.periods.calendar import CYCLES, PeriodSpec, period_specs
from progress.periods.owed import duties_of
from tasks.changing.cycles import apply_due
from tasks.models import Plan, PlanState
from units.calendar import workdays


def ensure_periods(plan: Plan, overrides: Overrides | None = None) -> list[Period]:
    """Make the periods of the plan's year that are missing; those that exist keep their dates."""
    specs = [spec for cycle in CYCLES for spec in period_specs(plan.year, cycle, overrides)]
    Period.objects.bulk_create([_period(plan, spec) for spec in specs], ignore_conflicts=True)
    return list(Period.objects.filter(plan=plan))


def _period(plan: Plan, spec: PeriodSpec) -> Period:
    return Period(
        plan=plan,
        cycle=spec.cycle,
        code=spec.code,
        label=spec.label,
        data_as_of=spec.data_as_of,
        opens_on=spec.opens_on,
        due_on=spec.due_on,
        closes_on=spec.closes_on,
        takes_estimates=spec.is_year_end,
    )


def open_due_periods(plan: Plan, today: date) -> int:
    """Make the reports of every opened period not yet finalized; returns how many were made."""
    if plan.state != PlanState.ACTIVE:
        return 0
    apply_due(plan, today)
    if not Period.objects.filter(plan=plan).exists():
        ensure_periods(plan, workdays.overrides())
    periods = Period.objects.filter(plan=plan, state=PeriodState.COLLECTING).opened(today)
    return sum(ensure_reports(period, today) for period in periods)


def ensure_reports(period: Period, today: date) -> int:
    """Make the reports owed in an opened period that are missing; returns how many were made.

    Who owes is asked at the period's own date: a successor files, not its predecessor.
    """
    if today < period.opens_on or period.is_finalized:
        return 0
    duties = duties_of(period.plan, period.cycle, period.data_as_of)
    existing = set(
        ProgressReport.objects.filter(period=period).values_list("responsibility_id", flat=True)
    )
    missing = [
        ProgressReport(
            period=period,
            responsibility=owed.responsibility,
            duty=owed.duty,
            due_on=period.due_on,
            closes_on=period.closes_on,
        )
        for owed in duties
        if owed.responsibility.pk not in existing
    ]
    ProgressReport.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def current_period(plan: Plan, cycle: str, today: date) -> Period | None:
    """The newest period of `cycle` that has opened."""
    return (
        Period.objects.filter(plan=plan, cycle=cycle).opened(today).order_by("-data_as_of").first()
    )


def open_period(plan: Plan, cycle: str, today: date) -> Period | None:
    """The newest opened period of `cycle`, unless it is finalized already."""
    period = current_period(plan, cycle, today)
    return None if period is None or period.is_finalized else period
