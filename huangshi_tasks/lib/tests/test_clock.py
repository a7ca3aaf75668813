import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine

from huangshi_tasks.lib import clock

ZONES = ["UTC", "Asia/Shanghai", "America/Los_Angeles"]
LATE_EVENING_UTC = "2022-08-03T16:30:00Z"  # already half past midnight of the 4th in Huangshi


@pytest.fixture(autouse=True)
def _real_clock_afterwards() -> Iterator[None]:
    before = clock.business_date()
    clock.configure(None)
    yield
    clock.configure(before)


@time_machine.travel(LATE_EVENING_UTC, tick=False)
def test_the_day_is_that_of_huangshi_and_not_of_utc() -> None:
    assert clock.today() == date(2022, 8, 4)
    assert clock.now().isoformat() == "2022-08-04T00:30:00+08:00"


@time_machine.travel("2026-11-24T01:02:03Z", tick=False)
def test_a_business_date_moves_the_day_and_keeps_the_time_of_day() -> None:
    clock.configure(date(2022, 8, 3))
    assert clock.now().isoformat() == "2022-08-03T09:02:03+08:00"
    assert clock.today() == date(2022, 8, 3)


def test_the_business_date_stands_still_at_midnight() -> None:
    clock.configure(date(2022, 8, 3))
    with time_machine.travel("2026-11-24T15:59:59Z", tick=False):
        assert clock.now().isoformat() == "2022-08-03T23:59:59+08:00"
    with time_machine.travel("2026-11-24T16:00:00Z", tick=False):
        assert clock.now().isoformat() == "2022-08-03T00:00:00+08:00"


@pytest.mark.parametrize("business_date", [None, date(2022, 8, 3)])
def test_now_is_always_aware_and_eight_hours_ahead(business_date: date | None) -> None:
    clock.configure(business_date)
    assert clock.now().utcoffset() == timedelta(hours=8)
    assert clock.now().date() == clock.today()


@pytest.mark.parametrize("zone", ZONES)
def test_the_zone_of_the_machine_does_not_matter(zone: str) -> None:
    program = (
        "import time_machine; from huangshi_tasks.lib import clock\n"
        f"with time_machine.travel('{LATE_EVENING_UTC}', tick=False): print(clock.now())"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program],
        env={"TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert shown == "2022-08-04 00:30:00+08:00\n"
