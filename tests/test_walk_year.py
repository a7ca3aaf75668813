"""`bin/walk-year`: the engine tells what the oracle expects, and a fault put in is found."""

import json
import os
import subprocess
import sys

import pytest

from tests.sampling import sampled

NUMBERS = {
    "rungs_due",
    "sent",
    "cancelled",
    "skipped",
    "missing",
    "duplicates",
    "on_non_working_days",
    "after_filing",
    "board",
}


def walk(*arguments: str, fault: str = "") -> tuple[int, dict[str, int]]:
    """The exit code and the last line."""
    command = [sys.executable, "-m", "tests.walk", *arguments]
    environment = os.environ | {"WALK_BREAK": fault}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr[-2000:]
    return done.returncode, json.loads(done.stdout.splitlines()[-1])


def test_the_first_weeks_of_a_year_are_told_as_the_oracle_expects() -> None:
    code, found = walk("2022", "--seed", "7", "--until", "2022-02-28")
    assert set(found) == NUMBERS
    assert code == 0
    assert found["rungs_due"] > 300
    assert found["rungs_due"] == found["sent"] + found["cancelled"] + found["skipped"]


@pytest.mark.parametrize("fault", sampled(["drop", "double", "late"], 3))
def test_a_fault_that_is_put_in_is_found(fault: str) -> None:
    code, found = walk("2022", "--until", "2022-03-08", fault=fault)
    assert code == 1
    assert found["missing"] + found["duplicates"] + found["after_filing"] > 0


@pytest.mark.slow
@pytest.mark.parametrize(("year", "seed"), [("2022", "1"), ("2022", "2"), ("2023", "3")])
def test_a_whole_year_is_told_as_the_oracle_expects(year: str, seed: str) -> None:
    code, found = walk(year, "--seed", seed)
    assert (code, found["missing"], found["duplicates"], found["board"]) == (0, 0, 0, 0)
