from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huangshi_tasks.lib.workdays import (
    add_workdays,
    is_workday,
    next_workday_on_or_after,
    workdays_between,
)

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024])
def test_a_second_source_agrees_on_every_day(year: int) -> None:
    china = holidays.country_holidays("CN", years=year)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [day for day in days if is_workday(day) != china.is_working_day(day)] == []


def test_the_demonstration_runs_on_a_wednesday_two_working_days_before_the_deadline() -> None:
    assert [is_workday(date(2022, 8, day)) for day in (3, 4, 5, 6, 7)] == [True] * 3 + [False] * 2
    assert add_workdays(date(2022, 8, 3), 2) == date(2022, 8, 5)
    assert workdays_between(date(2022, 8, 3), date(2022, 8, 5)) == 2


def test_a_weekend_worked_in_exchange_counts_and_a_holiday_does_not() -> None:
    assert is_workday(date(2022, 10, 8))  # a Saturday, worked for 国庆
    assert not is_workday(date(2022, 10, 7))  # a Friday
    assert next_workday_on_or_after(date(2022, 10, 1)) == date(2022, 10, 8)


def test_years_without_an_arrangement_have_plain_weekends() -> None:
    assert is_workday(date(2041, 10, 1))  # a Tuesday
    assert not is_workday(date(2041, 10, 5))  # a Saturday


def test_an_override_wins_over_the_calendar() -> None:
    closed = {date(2022, 8, 5): False, date(2022, 8, 6): True}
    assert next_workday_on_or_after(date(2022, 8, 5), closed) == date(2022, 8, 6)
    assert is_workday(date(2022, 8, 4), closed)


@given(DAYS, st.integers(-40, 40))
def test_adding_working_days_is_counted_back_by_workdays_between(day: date, count: int) -> None:
    start = next_workday_on_or_after(day)
    assert workdays_between(start, add_workdays(start, count)) == count


@given(DAYS, st.integers(1, 40))
def test_adding_lands_on_a_working_day(day: date, count: int) -> None:
    assert is_workday(add_workdays(day, count))
    assert is_workday(add_workdays(day, -count))
    assert add_workdays(day, 0) == day
