"""Working days of mainland China: statutory holidays and the weekends worked in exchange (调休).

`chinese_calendar` carries the State Council's yearly arrangement for the years it knows. Later
years fall back to plain weekends until the arrangement is published (usually in November); an
`overrides` mapping (day → is it worked?) wins over both, for a closure the city orders itself.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import chinese_calendar

Overrides = Mapping[date, bool]

ONE_DAY = timedelta(days=1)
FRIDAY = 4


def is_workday(day: date, overrides: Overrides | None = None) -> bool:
    """Say whether offices work on `day`."""
    if overrides is not None and day in overrides:
        return overrides[day]
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # a year whose arrangement is not published
        return day.weekday() <= FRIDAY


def is_published(year: int) -> bool:
    """Whether the library carries the State Council's arrangement of `year`."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def published_days(year: int) -> list[tuple[date, bool]] | None:
    """The days of `year` on which the arrangement differs from plain weekends, each with whether
    it is worked; None when it is not published.
    """
    return list(exceptions_of(year).items()) if is_published(year) else None


def days_of(year: int) -> Iterator[date]:
    """Every day of `year`."""
    first = date(year, 1, 1)
    return (first + timedelta(days=count) for count in range((date(year + 1, 1, 1) - first).days))


def exceptions_of(year: int, overrides: Overrides | None = None) -> dict[date, bool]:
    """The days of `year` that differ from plain weekends → is it worked."""
    held = ((day, is_workday(day, overrides)) for day in days_of(year))
    return {day: is_worked for day, is_worked in held if is_worked != (day.weekday() <= FRIDAY)}


def whole_year(year: int, exceptions: Overrides) -> dict[date, bool]:
    """Every day of `year` → is it worked, from the days that differ from plain weekends."""
    return {day: exceptions.get(day, day.weekday() <= FRIDAY) for day in days_of(year)}


def next_workday_on_or_after(day: date, overrides: Overrides | None = None) -> date:
    """Return `day` itself when it is worked, else the first worked day behind it."""
    while not is_workday(day, overrides):
        day += ONE_DAY
    return day


def add_workdays(day: date, count: int, overrides: Overrides | None = None) -> date:
    """Return the `count`-th worked day after `day` (before it when negative); 0 is `day`."""
    step = ONE_DAY if count >= 0 else -ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not is_workday(day, overrides):
            day += step
    return day


def workdays_between(start: date, end: date, overrides: Overrides | None = None) -> int:
    """Count worked days after `start` up to and including `end`; negative when `end` is earlier.

    So that `workdays_between(today, due_on)` is the number in 距截止2个工作日.
    """
    if end < start:
        return -workdays_between(end, start, overrides)
    days = (start + timedelta(days=offset) for offset in range(1, (end - start).days + 1))
    return sum(is_workday(day, overrides) for day in days)
