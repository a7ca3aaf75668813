"""What is tested of a plan stands in the month that `tests.month` makes."""

from tests.month import cast, plan, task, third_of_august

__all__ = ["cast", "plan", "task", "third_of_august"]
