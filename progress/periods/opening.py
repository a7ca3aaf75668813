"""The one door by which the filings of a period are opened.

The schedule comes here, a server that starts, an act that may open something, and any page of a
year that finds an opening missed. Every function may run any number of times; one process at a time
makes rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef

from huangshi_tasks.lib.workdays import Overrides
from progress.models import Period, PeriodState, ProgressReport
from progress.models.periods import PeriodQuerySet
from progress.periods.beginning import Begun
from progress.periods.calendar import CYCLES, PeriodSpec, period_specs
from progress.periods.owed import duties_of
from tasks.changing.cycles import apply_due
from tasks.models import Plan, PlanState, Responsibility, Task
from units.calendar import workdays
from units.job_runs import one_by_one
from units.locks import one_at_a_time

LOCK = 7_320_220_122  # any constant that no other lock has


def periods_to_read() -> PeriodQuerySet:
    """Periods with `lacks_reports`: none was made, although items report in its cycle. A page that
    loads them so finds a missed opening without a query.
    """
    made = ProgressReport.objects.filter(period=OuterRef("pk"))
    items = Task.objects.filter(plan=OuterRef("plan"), cycle=OuterRef("cycle"))
    return Period.objects.annotate(lacks_reports=~Exists(made) & Exists(items))


def catch_up(plan: Plan, today: date) -> bool:
    """Open what should have opened by `today` and did not; whether the page must read again.

    `plan` comes with its `periods_to_read()`. Called before the page begins a transaction of its
    own, which would keep others waiting for the lock.
    """
    if is_missed := _is_missed(plan, today):
        open_due_periods(plan, today)
    return is_missed


def _is_missed(plan: Plan, today: date) -> bool:
    periods = list(plan.periods.all())
    if plan.state != PlanState.ACTIVE:
        return not periods
    silent = [p for p in periods if p.lacks_reports and p.is_open(today)]  # type: ignore[attr-defined]  # annotated above
    # where every item is suspended or closed nothing is owed, and nothing was missed
    return not periods or any(duties_of(plan, p.cycle, p.data_as_of) for p in silent)


def open_due_periods(plan: Plan, today: date) -> int:
    """Make the periods of the year and, once it is active, the reports of every opened one not yet
    finalized; returns how many reports were made.
    """
    with transaction.atomic():
        one_at_a_time(LOCK)
        if not Period.objects.filter(plan=plan).exists():
            ensure_periods(plan, workdays.overrides())
        if plan.state != PlanState.ACTIVE:
            return 0
        apply_due(plan, today)
        periods = Period.objects.filter(plan=plan, state=PeriodState.COLLECTING).opened(today)
        return sum(one_by_one(periods, partial(_opened, today=today)))


@transaction.atomic
def _opened(period: Period, *, today: date) -> int:
    return ensure_reports(period, today)


def ensure_periods(plan: Plan, overrides: Overrides | None = None) -> list[Period]:
    """Make the periods of the plan's year that are missing; those that exist keep their dates."""
    return make_periods(plan, [Begun(spec) for spec in specs_of(plan.year, overrides)])


def specs_of(year: int, overrides: Overrides | None = None) -> list[PeriodSpec]:
    """The periods of a year, of all cycles."""
    return [spec for cycle in CYCLES for spec in period_specs(year, cycle, overrides)]


def make_periods(plan: Plan, wanted: Iterable[Begun]) -> list[Period]:
    """The same of periods that somebody decided on; all of them begin as 报送中."""
    rows = [_period(plan, each) for each in wanted]
    Period.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Period.objects.filter(plan=plan))


def _period(plan: Plan, begun: Begun) -> Period:
    spec = begun.spec
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
        note=begun.note,
    )


def ensure_reports(period: Period, today: date) -> int:
    """Make the reports owed in an opened period that are missing; returns how many were made."""
    missing = missing_reports(period, today)
    ProgressReport.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def missing_reports(period: Period, today: date) -> list[ProgressReport]:
    """The same, not saved: what an opened period will ask for once its year is active.

    Who owes is asked at the period's own date: a successor files, not its predecessor.
    """
    if not period.is_open(today):
        return []
    duties = duties_of(period.plan, period.cycle, period.data_as_of)
    existing = set(
        ProgressReport.objects.filter(period=period).values_list("responsibility_id", flat=True)
    )
    return [
        ProgressReport(
            period=period,
            responsibility=owed.responsibility,
            duty=owed.duty,
            due_on=period.due_on,
            closes_on=period.closes_on,
        )
        for owed in duties
        if existing.isdisjoint(_filed_under(owed.responsibility))
    ]


def _filed_under(responsibility: Responsibility) -> set[int | None]:
    """Its own id and, of a unit that was merged, that of the unit which files what was open."""
    if responsibility.unit.merged_into_id is None:
        return {responsibility.pk}
    return {responsibility.pk, responsibility.followed_by_id}
