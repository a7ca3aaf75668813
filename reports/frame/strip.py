"""The 年度标尺 over every page: the months of the year, and the period that is being reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from progress.lights.measures import months_passed
from progress.models import Period
from progress.periods.access import periods_of
from tasks.models import Cycle, Plan
from units.actors import Actor


@dataclass(frozen=True)
class Month:
    label: str
    state: str  # before (启用前), past, current, future
    is_wide: bool


@dataclass(frozen=True)
class Strip:
    """See the comment in `templates/_strip.html`."""

    plan: Plan | None
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
    note: str = ""


def strip_of(plan: Plan | None, actor: Actor, today: date, business_date: date | None) -> Strip:
    """The strip for `actor`: readers see the last 定稿, everybody else the open period.

    Without a plan it only says which day it is taken to be.
    """
    if plan is None:
        return Strip(None, [], False, business_date)
    periods = [period for period in periods_of(plan) if period.cycle == Cycle.MONTHLY]
    opened = [p for p in periods if p.opens_on <= today and not p.is_before]
    current = opened[-1] if opened else None
    finalized = [period for period in opened if period.is_finalized]
    shown = finalized[-1] if actor.is_reader and finalized else current
    months = [_month(period, shown) for period in periods]
    frame = Strip(plan, months, plan.is_sample, business_date)
    if shown is None:
        return frame
    frame = replace(
        frame,
        period_label=shown.label,
        elapsed_percent=Decimal(months_passed(shown.data_as_of, plan.year) * 100) / 12,
        data_as_of=shown.data_as_of,
    )
    if actor.is_reader:
        return _of_reader(frame, current, is_final=bool(finalized))
    return _of_unit(frame, shown, today)


def _month(period: Period, shown: Period | None) -> Month:
    is_wide = period.data_as_of.month == 2
    if period.is_before:
        state = "before"
    elif shown is None or period.data_as_of > shown.data_as_of:
        state = "future"
    else:
        state = "current" if period.pk == shown.pk else "past"
    label = period.label if period.data_as_of.month < 12 else "12月"
    return Month(label, state, is_wide)


def _of_unit(frame: Strip, period: Period, today: date) -> Strip:
    """With the window, until the period is finalized."""
    if period.is_finalized:
        return frame
    days_left = (period.due_on - today).days
    frame = replace(frame, opens_on=period.opens_on, due_on=period.due_on)
    return replace(frame, days_left=days_left, note=period.note)


def _of_reader(frame: Strip, current: Period | None, *, is_final: bool) -> Strip:
    """Readers are not told of windows, only that a newer period is being reported."""
    if not is_final:
        return frame
    is_open = current is not None and not current.is_finalized
    return replace(
        frame,
        finalized_label=f"{frame.period_label}定稿",
        open_label=current.label if is_open and current is not None else None,
    )
