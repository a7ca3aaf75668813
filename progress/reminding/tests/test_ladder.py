from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from huangshi_tasks.lib.workdays import is_workday
from progress.reminding.ladder import DEFAULTS, FILING, DueRung, reached, rungs_of

DAYS_2022 = st.dates(date(2022, 1, 25), date(2022, 11, 25))


def filing_rungs(opens_on: date, due_on: date) -> list[DueRung]:
    return rungs_of(opens_on, due_on, DEFAULTS[FILING])


def days_of(opens_on: date, due_on: date) -> dict[str, date]:
    return {due.rung.name: due.day for due in filing_rungs(opens_on, due_on)}


def test_july_2022_falls_on_these_days() -> None:
    assert days_of(date(2022, 7, 25), date(2022, 8, 5)) == {
        "opening": date(2022, 7, 25),
        "d-2": date(2022, 8, 3),
        "d0": date(2022, 8, 5),
        "d+1": date(2022, 8, 8),
        "d+2": date(2022, 8, 9),
    }


def test_an_opening_day_on_a_weekend_is_told_on_the_next_working_day() -> None:
    assert days_of(date(2022, 6, 25), date(2022, 7, 5))["opening"] == date(2022, 6, 27)


def test_no_rung_falls_before_the_opening_day() -> None:
    assert days_of(date(2022, 8, 4), date(2022, 8, 5))["d-2"] == date(2022, 8, 4)


def test_only_what_falls_by_today_is_reached() -> None:
    rungs = filing_rungs(date(2022, 7, 25), date(2022, 8, 5))
    assert [due.rung.name for due in reached(rungs, date(2022, 8, 4))] == ["opening", "d-2"]


@given(opens_on=DAYS_2022, length=st.integers(0, 30))
def test_rungs_are_in_order_and_on_working_days(opens_on: date, length: int) -> None:
    due_on = date.fromordinal(opens_on.toordinal() + length)
    days = [due.day for due in filing_rungs(opens_on, due_on)]
    assert days == sorted(days)
    assert all(is_workday(day) and day >= opens_on for day in days)
