"""The tests of a month share its fixtures."""

from tests.month import (
    begun_in_june,
    cast,
    july,
    june,
    june_period,
    monday_after,
    plan,
    report,
    task,
    third_of_august,
)

__all__ = [
    "begun_in_june",
    "cast",
    "july",
    "june",
    "june_period",
    "monday_after",
    "plan",
    "report",
    "task",
    "third_of_august",
]
