"""November to March with three plans open, while units and people change: nothing owed is missing,
nothing of the archived year changes, nobody is told twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from huangshi_tasks.lib import clock
from tests.walk.turn import walk_turn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    yield
    clock.configure(None)


def test_nothing_is_missing_while_the_year_turns() -> None:
    found = walk_turn(Random(1), until=date(2023, 2, 27), every=15, items=4)
    assert found.missing == found.vanished == []
    assert found.is_clean, found
    assert found.owed > 60
    assert found.archived_on


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_nothing_is_missing_on_any_day(seed: int) -> None:
    found = walk_turn(Random(seed))
    assert found.is_clean, found
