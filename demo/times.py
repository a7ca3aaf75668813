"""When things happen in the sample: working days and office hours, the same on every load."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from huangshi_tasks.lib.clock import SHANGHAI
from huangshi_tasks.lib.workdays import ONE_DAY, add_workdays, is_workday
from progress.models import Period

PREPARED_ON = date(2022, 2, 21)  # accounts and parts of targets are in place
LAST_DAY = date(2022, 8, 2)  # the sample ends the day before the business date


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment in Huangshi."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def chance(*parts: object) -> Random:
    """Dice that fall the same way for the same words, on every machine."""
    return Random("·".join(str(part) for part in parts))  # noqa: S311  # made-up figures


def filing_days(period: Period) -> list[date]:
    """The working days on which units file: from the day before the data date to the deadline."""
    day, days = period.data_as_of - ONE_DAY, []
    while day <= min(period.due_on, LAST_DAY):
        if is_workday(day):
            days.append(day)
        day += ONE_DAY
    return days


def parts_first(period: Period, *, is_main: bool, dice: Random) -> date:
    """A filing day: co-leads and counties in the first half, the primary, who adds up, after."""
    days = filing_days(period)
    half = max(1, len(days) // 2)
    return dice.choice(days[half:] if is_main else days[:half])


def morning(day: date, dice: Random) -> datetime:
    return moment(day, dice.choice((8, 9, 10, 11)), dice.randrange(5, 60))


def afternoon(day: date, dice: Random) -> datetime:
    return moment(day, dice.choice((14, 15, 16)), dice.randrange(0, 60))


def evening(day: date, dice: Random) -> datetime:
    return moment(day, 17, dice.randrange(5, 55))


def soon(at: datetime, dice: Random) -> datetime:
    """A few minutes later."""
    return at + timedelta(minutes=dice.randrange(6, 25))


def workday_after(at: datetime, count: int = 1) -> date:
    return add_workdays(at.date(), count)
