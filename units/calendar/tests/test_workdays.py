"""The working days that hold here, and the page on which the office enters them."""

from datetime import date

import pytest
from django.test import Client

from tests.cast import Cast, at
from units.calendar import workdays
from units.models import CalendarDay, LogEntry

pytestmark = pytest.mark.django_db


def test_the_office_is_warned_from_november_on_until_next_year_is_entered() -> None:
    assert workdays.missing_year(date(2041, 10, 31)) == 2041
    assert workdays.missing_year(date(2025, 10, 31)) is None
    assert workdays.missing_year(date(2026, 11, 1)) == 2027
    CalendarDay.objects.create(day=date(2027, 1, 1), is_worked=False, source="示例通知")
    assert workdays.missing_year(date(2026, 11, 1)) is None


def test_a_day_is_entered_and_changed_with_its_trace(client: Client, cast: Cast) -> None:
    client.force_login(cast.office.user)
    for worked in ("0", "1"):
        answer = client.post(
            "/calendar/", {"day": "2027-01-01", "is_worked": worked, "source": "示例通知"}
        )
        assert answer.status_code == 302
    assert workdays.overrides() == {date(2027, 1, 1): True}
    changes = [e.payload for e in LogEntry.objects.filter(action="calendar.set")]
    assert "[false,true]" in changes[-1].replace(" ", "")


@pytest.mark.parametrize("wrong", [{}, {"day": "昨天"}, {"is_worked": "2"}, {"source": "长" * 121}])
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: Client, cast: Cast, wrong: dict[str, str]
) -> None:
    client.force_login(cast.office.user)
    fields = {"day": "2027-01-01", "is_worked": "0", "source": "示例通知"} | wrong
    answer = client.post("/calendar/", fields if wrong else {})
    assert answer.status_code == 409
    assert "请" in answer.content.decode()
    assert not CalendarDay.objects.exists()


def test_a_closed_day_moves_what_is_reminded(cast: Cast) -> None:
    workdays.set_day(
        day=date(2022, 8, 3),
        is_worked=False,
        source="示例：停电",
        actor=cast.office,
        now=at("2022-08-01"),
    )
    assert workdays.overrides() == {date(2022, 8, 3): False}
