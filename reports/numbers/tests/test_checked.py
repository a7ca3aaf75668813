"""How often a figure was looked at, and to what effect, in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reports.numbers.checked import Pair, checked_in_words


def filed(value: int | None, verified: int | None) -> Pair:
    found, counted = (Decimal(each) if each is not None else None for each in (value, verified))
    return found, counted


@pytest.mark.parametrize(
    ("visits", "rows", "words"),
    [
        (0, [], "本年未核查"),
        (3, [filed(10, 8), filed(12, None)], "本年核查3次，核减1次"),
        (1, [filed(10, 12), filed(8, 6), filed(8, 7)], "本年核查1次，核减2次，核增1次"),
        (0, [filed(10, 10), filed(None, 5)], "本年未核查"),
    ],
)
def test_visits_and_verified_figures_add_up(visits: int, rows: list[Pair], words: str) -> None:
    assert checked_in_words(visits, rows) == words
