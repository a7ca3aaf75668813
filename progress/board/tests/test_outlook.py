"""推算 in words, and what must hold for any readings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from progress.board.outlook import outlook_of

VALUES = st.decimals(0, 100_000, places=2)
STEPS = st.lists(VALUES, min_size=1, max_size=11)


def readings(*values: str | Decimal, first: int = 2) -> list[tuple[date, Decimal]]:
    return [
        (date(2022, month, 28), Decimal(value)) for month, value in enumerate(values, start=first)
    ]


def said(*values: str, target: str = "100") -> str:
    return str(outlook_of(readings(*values), target=Decimal(target), unit_of_measure="个"))


def test_the_pace_is_that_of_the_last_three_readings() -> None:
    # 22.2 at the end of February, 46.8 at the end of May: 8.2 a month, seven months to go
    assert said("22.2", "30", "38", "46.8") == "按近3期平均每月8.2个，年底约104个，可达到年度目标"
    assert said("22.2", "30", "38", "46.8", target="110").endswith("年底约104个，差6个")


def test_the_figure_and_its_gap_add_up_to_the_target() -> None:
    assert said("8", "14", "20.3", target="50").endswith("年底约61个，可达到年度目标")
    assert said("8", "11", "13.6", target="50").endswith("年底约41个，差9个")
    assert said("8", "11", "16.6", target="50").endswith("年底约49.8个，差0.2个")


def test_no_more_can_come_than_there_are_things() -> None:
    steps = readings("20", "60", "100", "126")
    found = outlook_of(steps, target=Decimal(131), unit_of_measure="个", most=Decimal(131))
    assert found.year_end == 131
    assert str(found).endswith("年底约131个（子项共131个），可达到年度目标")
    fewer = outlook_of(steps, target=Decimal(131), unit_of_measure="个", most=Decimal(128))
    assert str(fewer).endswith("年底约128个（子项共128个），差3个")
    assert (
        outlook_of(steps, target=Decimal(9), unit_of_measure="个", most=Decimal(3)).year_end == 126
    )


def test_with_three_readings_the_year_begins_at_nothing() -> None:
    assert said("10", "20", "32") == "按近3期平均每月8个，年底约96个，差4个"


def test_fewer_than_three_readings_say_so() -> None:
    assert said("10", "20") == "仅有2期数据，满3期后推算年底数"
    assert said() == "仅有0期数据，满3期后推算年底数"


def test_quarters_are_spread_over_their_months() -> None:
    quarters = [(date(2022, month, 30), Decimal(value)) for month, value in ((3, 9), (6, 18))]
    quarters.append((date(2022, 9, 30), Decimal(27)))
    found = outlook_of(quarters, target=Decimal(40), unit_of_measure="个")
    assert (found.monthly, found.year_end) == (Decimal(3), Decimal(36))


@given(STEPS, VALUES)
def test_short_is_exactly_what_lacks_something(steps: list[Decimal], target: Decimal) -> None:
    found = outlook_of(readings(*_sums(steps)), target=target, unit_of_measure="个")
    assert found.is_short == (found.missing > 0)
    assert found.is_short == ("差" in str(found))
    if found.is_short:
        assert found.year_end is not None
        assert found.year_end + found.missing == target
        assert "差0个" not in str(found)


@given(STEPS, VALUES)
def test_what_grows_never_ends_below_where_it_stands(steps: list[Decimal], target: Decimal) -> None:
    values = _sums(steps)
    found = outlook_of(readings(*values), target=target, unit_of_measure="个")
    assert (found.year_end is None) == (len(steps) < 3)
    if found.year_end is not None:
        assert found.year_end >= values[-1]


@given(VALUES, VALUES)
def test_a_reading_of_december_is_the_end_of_the_year(last: Decimal, target: Decimal) -> None:
    twelve = readings(*[Decimal(0)] * 10, last)
    found = outlook_of(twelve, target=target, unit_of_measure="个")
    assert found.year_end == last


def _sums(steps: list[Decimal]) -> list[Decimal]:
    return [sum(steps[: place + 1], Decimal(0)) for place in range(len(steps))]
