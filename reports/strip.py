"""The 年度标尺 over every page: the months of the year, and the period that is being reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from progress.access import periods_of
from progress.measures import months_passed
from progress.models import Period
from tasks.models import Cycle, Plan
from units.actors import Actor


@dataclass(frozen=True)
class Month:
    label: str
    state: str  # past, current, future
    is_wide: bool


@dataclass(frozen=True)
class Strip:
    """See the comment in `templates/_strip.html`."""

    plan: Plan
    months: list[Month]
    is_sample: bool
    business_date: date | None
    period_label: str = ""
    elapsed_percent: Decimal = Decimal(0)
    data_as_of: date | None = None
    opens_on: date | None = None
    due_on: date | None = None
    days_left: int | None = None
    finalized_label: str = ""
    open_label: str | None = None


def strip_of(plan: Plan, actor: Actor, today: date, business_date: date | None) -> Strip:
    """The strip for `actor`: readers see the last 定稿, everybody else the open period."""
    periods = [period for period in periods_of(plan) if period.cycle == Cycle.MONTHLY]
    opened = [period for period in periods if period.opens_on <= today]
    current = opened[-1] if opened else None
    months = [_month(period, current) for period in periods]
    frame = Strip(plan, months, plan.is_sample, business_date)
    finalized = [period for period in opened if period.is_finalized]
    if actor.is_reader and finalized:
        return _of_reader(frame, finalized[-1], current)
    return frame if current is None else _of_unit(frame, current, today)


def _month(period: Period, current: Period | None) -> Month:
    is_wide = period.data_as_of.month == 2
    if current is None or period.data_as_of > current.data_as_of:
        state = "future"
    else:
        state = "current" if period.pk == current.pk else "past"
    label = period.label if period.data_as_of.month < 12 else "12月"
    return Month(label, state, is_wide)


def _elapsed(period: Period, year: int) -> Decimal:
    return Decimal(months_passed(period.data_as_of, year) * 100) / 12


def _of_unit(frame: Strip, period: Period, today: date) -> Strip:
    is_open = not period.is_finalized
    return Strip(
        frame.plan,
        frame.months,
        frame.is_sample,
        frame.business_date,
        period_label=period.label,
        elapsed_percent=_elapsed(period, frame.plan.year),
        data_as_of=period.data_as_of,
        opens_on=period.opens_on if is_open else None,
        due_on=period.due_on if is_open else None,
        days_left=(period.due_on - today).days if is_open else None,
    )


def _of_reader(frame: Strip, finalized: Period, current: Period | None) -> Strip:
    is_open = current is not None and not current.is_finalized
    return Strip(
        frame.plan,
        frame.months,
        frame.is_sample,
        frame.business_date,
        period_label=finalized.label,
        elapsed_percent=_elapsed(finalized, frame.plan.year),
        data_as_of=finalized.data_as_of,
        finalized_label=f"{finalized.label}定稿",
        open_label=current.label if is_open and current is not None else None,
    )
