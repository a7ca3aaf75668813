import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from progress.lifecycle import by_office
from progress.periods.owed import filing_state, is_on_time, owed
from tasks.models import Plan
from tests.cast import Cast, at, file_report, fill, make_item, report_of

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/Los_Angeles"])
def zone_of_the_machine(request: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process runs in a zone of its own; Huangshi's day decides all the same."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone_of_the_machine")
@pytest.mark.parametrize(
    ("day", "clock", "in_time"),
    [
        ("2022-08-05", "00:00:00", True),
        ("2022-08-05", "23:59:59", True),
        ("2022-08-06", "00:00:00", False),
    ],
)
def test_the_last_day_is_on_time_until_24_o_clock(
    cast: Cast, plan: Plan, day: str, clock: str, in_time: bool
) -> None:
    task = make_item(plan, cast)
    report = file_report(cast, report_of(task, cast.lead), at(day, clock), 180)
    report.refresh_from_db()
    assert is_on_time(report) is in_time


def test_an_empty_first_filing_was_not_on_time(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    report = file_report(cast, report_of(task, cast.lead), NOW, 180)
    assert is_on_time(report)
    report = by_office.return_to_unit(
        report=report, actor=cast.office, now=NOW, reason="空报。", first_was_empty=True
    )
    assert is_on_time(report) is False


def test_pages_see_what_is_to_do_and_what_is_overdue(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    report = report_of(task, cast.lead)
    in_time, too_late = date(2022, 8, 5), date(2022, 8, 6)
    assert filing_state(report, in_time) == "none"
    assert filing_state(report, too_late) == "overdue"
    assert is_on_time(report) is None
    fill(report, cast.reporter, NOW, 180)
    assert filing_state(report, in_time) == "draft"
    assert filing_state(owed(report.period).get(), in_time) == "draft"
    assert filing_state(report, too_late) == "overdue"
    sent = file_report(cast, report, NOW, 180)
    assert filing_state(sent, too_late) == "reviewing"
