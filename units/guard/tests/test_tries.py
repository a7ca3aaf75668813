"""Tries in vain run off where many people share one address."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from units.guard import tries
from units.models import TryKind

pytestmark = pytest.mark.django_db
OFFICE = "10.2.0.9"
MINUTE = timedelta(minutes=1)


def judged() -> bool:
    return tries.take(TryKind.ADDRESS, "", OFFICE).is_allowed


def test_an_office_behind_one_address_is_not_shut_out_by_its_typing_errors() -> None:
    """One error in 65 seconds, for a working day."""
    with time_machine.travel(timezone.now(), tick=False) as moment:
        for _ in range(8 * 60):
            assert judged()
            moment.shift(MINUTE + timedelta(seconds=5))


def test_errors_run_off_however_often_somebody_tries() -> None:
    """Right passwords between the errors do not put off that these are forgotten."""
    with time_machine.travel(timezone.now(), tick=False) as moment:
        for _ in range(29):
            assert judged()
        for _ in range(6 * 20):
            moment.shift(timedelta(seconds=10))
            assert judged()
            tries.give_back(TryKind.ADDRESS, "", OFFICE)
        assert sum(judged() for _ in range(30)) >= 20


def test_a_program_is_slowed_down_to_a_try_a_minute() -> None:
    tried = 0
    with time_machine.travel(timezone.now(), tick=False) as moment:
        for _ in range(6 * 60):
            tried += judged()
            moment.shift(timedelta(seconds=10))
    assert 30 <= tried <= 30 + 61


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_succeeds_while_others_try_makes_nobody_fail() -> None:
    """The row may go between the insert that was refused and the look after it."""

    def come_in(_: int) -> bool:
        try:
            for _ in range(40):
                tries.take(TryKind.FACTOR, "7")
                tries.succeed(TryKind.FACTOR, "7")
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(come_in, range(8)))
