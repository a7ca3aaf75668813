from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from demo.amounts import apportion, cumulative_parts, quantum_of

weights = st.lists(st.integers(0, 60).map(Decimal), min_size=1, max_size=7)


@given(weights, st.integers(0, 400))
def test_parts_add_up_to_the_whole_and_none_exceeds_its_weight(
    shares: list[Decimal], wanted: int
) -> None:
    whole = sum(shares, Decimal(0))
    total = min(Decimal(wanted), whole)
    parts = apportion(total, shares, Decimal(1))
    assert sum(parts, Decimal(0)) == total
    assert all(0 <= part <= share for part, share in zip(parts, shares, strict=True))


@given(weights, st.lists(st.integers(0, 400), min_size=1, max_size=6))
def test_parts_of_a_rising_total_never_fall(shares: list[Decimal], steps: list[int]) -> None:
    whole = sum(shares, Decimal(0))
    totals = [min(Decimal(step), whole) for step in sorted(steps)]
    before = [Decimal(0) for _ in shares]
    for total, row in zip(totals, cumulative_parts(totals, shares, Decimal(1)), strict=True):
        assert sum(row, Decimal(0)) == total
        assert all(old <= new for old, new in zip(before, row, strict=True))
        before = row
    if totals[-1] == whole:
        assert before == shares


def test_a_published_length_is_cut_to_the_hundredth() -> None:
    parts = apportion(Decimal("163.98"), [Decimal(81), Decimal(87), Decimal(132)], Decimal("0.01"))
    assert sum(parts, Decimal(0)) == Decimal("163.98")


def test_houses_are_whole_and_lengths_are_not() -> None:
    assert quantum_of("户") == 1
    assert quantum_of("公里") == Decimal("0.01")
