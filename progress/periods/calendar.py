"""The filing calendar of a year: which periods a cycle has, and their four dates.

Source: design.md section 4, "Periods". Pure: a year and a cycle in, specifications out.
"""

import calendar
from dataclasses import dataclass
from datetime import date

from huangshi_tasks.lib.workdays import Overrides, next_workday_on_or_after

MONTHLY, QUARTERLY, HALF_YEARLY = "monthly", "quarterly", "half_yearly"
CYCLES = (MONTHLY, QUARTERLY, HALF_YEARLY)

OPENS_ON_DAY, DUE_ON_DAY, CLOSES_ON_DAY = 25, 5, 12
RETURN_WORKDAYS = 2  # what was returned is owed again by then
YEAR_END_LABEL = "全年"
FIRST_LABELS = {2: "1—2月"}  # January is filed together with February
QUARTER_LABELS = {3: "一季度", 6: "二季度", 9: "三季度"}
HALF_YEAR_LABELS = {6: "上半年"}

_LAST_MONTHS = {
    MONTHLY: tuple(range(2, 13)),
    QUARTERLY: (3, 6, 9, 12),
    HALF_YEARLY: (6, 12),
}


@dataclass(frozen=True)
class PeriodSpec:
    """One period: reports may be typed from `opens_on`, are on time through `due_on`."""

    cycle: str
    code: str
    label: str
    data_as_of: date
    opens_on: date
    due_on: date
    closes_on: date
    is_year_end: bool


def period_specs(year: int, cycle: str, overrides: Overrides | None = None) -> list[PeriodSpec]:
    """Return the periods of `year` in order. `overrides` as in `huangshi_tasks.lib.workdays`.

    Raises ValueError for a cycle that does not exist.
    """
    if cycle not in _LAST_MONTHS:
        raise ValueError(f"unknown cycle {cycle!r}")
    return [_spec(year, cycle, month, overrides) for month in _LAST_MONTHS[cycle]]


def _spec(year: int, cycle: str, month: int, overrides: Overrides | None) -> PeriodSpec:
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    return PeriodSpec(
        cycle=cycle,
        code=_code(year, cycle, month),
        label=_label(cycle, month),
        data_as_of=date(year, month, calendar.monthrange(year, month)[1]),
        opens_on=date(year, month, OPENS_ON_DAY),
        due_on=next_workday_on_or_after(date(*following, DUE_ON_DAY), overrides),
        closes_on=next_workday_on_or_after(date(*following, CLOSES_ON_DAY), overrides),
        is_year_end=month == 12,
    )


def _code(year: int, cycle: str, month: int) -> str:
    if cycle == MONTHLY:
        return f"{year}-{month:02d}"
    if cycle == QUARTERLY:
        return f"{year}-Q{month // 3}"
    return f"{year}-H{month // 6}"


def month_of(day: date) -> str:
    """The period of a month by its last day: 1—2月, 3月."""
    return FIRST_LABELS.get(day.month, f"{day.month}月")


def _label(cycle: str, month: int) -> str:
    if month == 12:
        return YEAR_END_LABEL
    if cycle == MONTHLY:
        return FIRST_LABELS.get(month, f"{month}月")
    return (QUARTER_LABELS if cycle == QUARTERLY else HALF_YEAR_LABELS)[month]
