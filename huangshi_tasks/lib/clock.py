"""The one clock of the domain: what day and moment it is in Huangshi.

Read once at the edge (view, command, job) and passed down as `now` and `today`. With a business
date set, both move to that day at the real time of day, for training and demonstration, and the
day stands still until the environment changes. Sessions, lock-outs and password tokens do not use
this clock: they keep the real one.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_business_date: date | None = None


def configure(business_date: date | None) -> None:
    """Set the business date for this process; None means the real day. Called once at start."""
    global _business_date
    _business_date = business_date


def business_date() -> date | None:
    """The configured business date, for the banner that says so; None in ordinary running."""
    return _business_date


def now() -> datetime:
    """The moment as an aware datetime in Asia/Shanghai, whatever the machine's own zone is."""
    real = datetime.now(SHANGHAI)
    if _business_date is None:
        return real
    return datetime.combine(_business_date, real.timetz())


def today() -> date:
    """The day in Asia/Shanghai."""
    return now().date()
