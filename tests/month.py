"""The month that many tests stand in: its cast, plan, item and reports."""

from collections.abc import Iterator
from datetime import date

import pytest

from huangshi_tasks.lib import clock
from progress.models import Period, ProgressReport
from tasks.models import Plan, Task
from tests.cast import (
    Cast,
    accept_report,
    at,
    file_report,
    make_item,
    make_plan,
    period_of,
    report_of,
)


@pytest.fixture
def third_of_august() -> Iterator[None]:
    """The business date of the pages: July is open, two days before its deadline."""
    clock.configure(date(2022, 8, 3))
    yield
    clock.configure(None)


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


@pytest.fixture
def monday_after() -> Iterator[None]:
    """The business date of the pages: the first working day after July's deadline."""
    clock.configure(date(2022, 8, 8))
    yield
    clock.configure(None)


@pytest.fixture
def june(cast: Cast, task: Task) -> ProgressReport:
    """June of the item, accepted with 150."""
    return accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)


@pytest.fixture
def july(cast: Cast, june: ProgressReport, report: ProgressReport) -> ProgressReport:
    """July of the same item waits since Tuesday."""
    return file_report(cast, report, at("2022-08-02", "16:05:00"), 180)


@pytest.fixture
def begun_in_june(plan: Plan) -> None:
    """What lies before June is final and empty."""
    Period.objects.filter(plan=plan, data_as_of__lt=date(2022, 6, 30)).update(state="finalized")


@pytest.fixture
def june_period(plan: Plan) -> Period:
    return period_of(plan, "2022-06")
