"""Fixtures of the tests of a month. The cast itself is in `cast.py`."""

import pytest

from progress.models import ProgressReport
from progress.tests.cast import Cast, make_item, make_plan, report_of
from tasks.models import Plan, Task


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def plan() -> Plan:
    return make_plan()


@pytest.fixture
def task(cast: Cast, plan: Plan) -> Task:
    """One item of 市住建局 with one number, filed monthly."""
    return make_item(plan, cast)


@pytest.fixture
def report(task: Task, cast: Cast) -> ProgressReport:
    """What 市住建局 owes on it for July."""
    return report_of(task, cast.lead)
