from datetime import date

import pytest

from huangshi_tasks.lib.workdays import is_workday
from progress.periods.calendar import CYCLES, period_specs


def test_july_2022_opens_on_the_25th_is_due_on_the_5th_and_closes_on_the_12th() -> None:
    july = next(spec for spec in period_specs(2022, "monthly") if spec.code == "2022-07")
    assert july.label == "7月"
    assert july.data_as_of == date(2022, 7, 31)
    assert (july.opens_on, july.due_on, july.closes_on) == (
        date(2022, 7, 25),
        date(2022, 8, 5),
        date(2022, 8, 12),
    )


def test_the_first_monthly_period_takes_january_and_february_together() -> None:
    first = period_specs(2022, "monthly")[0]
    assert (first.code, first.label, first.data_as_of) == ("2022-02", "1—2月", date(2022, 2, 28))


@pytest.mark.parametrize(
    ("cycle", "codes", "labels"),
    [
        (
            "quarterly",
            ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4"],
            ["一季度", "二季度", "三季度", "全年"],
        ),
        ("half_yearly", ["2022-H1", "2022-H2"], ["上半年", "全年"]),
    ],
)
def test_longer_cycles_name_their_periods(cycle: str, codes: list[str], labels: list[str]) -> None:
    specs = period_specs(2022, cycle)
    assert [spec.code for spec in specs] == codes
    assert [spec.label for spec in specs] == labels


def test_only_december_is_the_year_end_and_stays_open_until_12_january() -> None:
    specs = period_specs(2022, "monthly")
    assert [spec.code for spec in specs if spec.is_year_end] == ["2022-12"]
    assert specs[-1].closes_on == date(2023, 1, 12)
    assert specs[-1].label == "全年"


@pytest.mark.parametrize("year", range(2020, 2029))
@pytest.mark.parametrize("cycle", CYCLES)
def test_deadlines_fall_on_working_days_and_opening_days_do_not_move(year: int, cycle: str) -> None:
    specs = period_specs(year, cycle)
    for spec in specs:
        assert spec.opens_on.day == 25
        assert spec.opens_on < spec.data_as_of < spec.due_on < spec.closes_on
        assert is_workday(spec.due_on)
        assert is_workday(spec.closes_on)
    assert len({spec.code for spec in specs}) == len(specs)


def test_a_deadline_on_a_holiday_moves_behind_it() -> None:
    september = next(s for s in period_specs(2022, "monthly") if s.code == "2022-09")
    assert september.due_on == date(2022, 10, 8)  # 国庆 until the 7th; Saturday the 8th is worked


def test_a_cycle_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="weekly"):
        period_specs(2022, "weekly")
