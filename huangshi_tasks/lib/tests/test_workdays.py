from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huangshi_tasks.lib.workdays import (
    add_workdays,
    is_published,
    is_workday,
    next_workday_on_or_after,
    published_days,
    workdays_between,
)

# Typed from the State Council's notices of each year (国务院办公厅关于…部分节假日安排的通知):
# first and last day off, then the weekend days worked in exchange.
OFF = {
    2021: "0101-0103 0211-0217 0403-0405 0501-0505 0612-0614 0919-0921 1001-1007",
    2022: "0101-0103 0131-0206 0403-0405 0430-0504 0603-0605 0910-0912 1001-1007",
    2023: "0101-0102 0121-0127 0405-0405 0429-0503 0622-0624 0929-1006",
    2024: "0101-0101 0210-0217 0404-0406 0501-0505 0610-0610 0915-0917 1001-1007",
    2025: "0101-0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008",
    2026: "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
}
WORKED = {
    2021: "0207 0220 0425 0508 0918 0926 1009",
    2022: "0129 0130 0402 0424 0507 1008 1009",
    2023: "0128 0129 0423 0506 0625 1007 1008",
    2024: "0204 0218 0407 0428 0511 0914 0929 1012",
    2025: "0126 0208 0427 0928 1011",
    2026: "0104 0214 0228 0509 0920 1010",
}

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize("year", range(2021, 2027))
def test_a_second_source_agrees_on_every_day(year: int) -> None:
    china = holidays.country_holidays("CN", years=year)
    days = days_of(year)
    assert [day for day in days if is_workday(day) != china.is_working_day(day)] == []


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def typed_day(year: int, spelt: str) -> date:
    return date(year, int(spelt[:2]), int(spelt[2:]))


@pytest.mark.parametrize("year", range(2021, 2027))
def test_the_notices_of_the_state_council_agree_on_every_day(year: int) -> None:
    spans = [span.split("-") for span in OFF[year].split()]
    off = [(typed_day(year, first), typed_day(year, last)) for first, last in spans]
    worked = {typed_day(year, day) for day in WORKED[year].split()}

    def should_work(day: date) -> bool:
        is_off = any(first <= day <= last for first, last in off)
        return day in worked or (day.weekday() < 5 and not is_off)

    assert [day for day in days_of(year) if is_workday(day) != should_work(day)] == []


def test_a_year_is_published_or_not() -> None:
    assert is_published(2026)
    assert not is_published(2041)
    assert published_days(2041) is None
    days = dict(published_days(2022) or [])
    assert (days[date(2022, 10, 8)], days[date(2022, 10, 3)]) == (True, False)
    assert date(2022, 10, 1) not in days  # a Saturday is off anyway


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
