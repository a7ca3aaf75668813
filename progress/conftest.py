"""The tests of a month share its fixtures."""

from tests.month import (
    cast,
    july,
    june,
    monday_after,
    plan,
    report,
    task,
    third_of_august,
)

__all__ = ["cast", "july", "june", "monday_after", "plan", "report", "task", "third_of_august"]
