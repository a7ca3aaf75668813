"""`bin/bench`: what it measures and what it judges; not how fast this machine is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bench import excel

ROOT = Path(__file__).resolve().parent.parent


def found(rows: int, seconds: float, peak_mb: float) -> dict[str, float]:
    return {"rows": rows, "seconds": seconds, "bare_seconds": 1.0, "peak_mb": peak_mb}


def test_beyond_one_and_a_half_times_bare_or_300_mb_is_too_much() -> None:
    assert excel.excess(found(10_000, 1.5, 300)) == []
    assert len(excel.excess(found(10_000, 1.51, 300))) == 1
    assert len(excel.excess(found(100_000, 1.51, 300.1))) == 2


def test_the_smallest_size_is_measured_and_not_judged_by_time() -> None:
    assert excel.SIZES == (144, 10_000, 100_000)
    assert excel.excess(found(144, 9, 60)) == []


def test_both_writers_write_the_same_values() -> None:
    ledger, bare = (
        load_workbook(BytesIO(writer(12))).worksheets[0]
        for writer in (excel.write_ledger, excel.write_bare)
    )
    written = list(ledger.iter_rows(min_row=4, values_only=True))
    assert written == list(bare.iter_rows(values_only=True))
    assert len(written) == 12
    styles = [
        [(cell.number_format, cell.font.name, cell.fill.fgColor.rgb) for cell in row]
        for row in ledger.iter_rows(min_row=4)
    ]
    assert styles == [
        [(cell.number_format, cell.font.name, cell.fill.fgColor.rgb) for cell in row]
        for row in bare.iter_rows()
    ]


@pytest.mark.parametrize("what", ["ledger", "bare"])
def test_a_size_is_measured_in_a_process_of_its_own(what: str) -> None:
    command = [sys.executable, "-m", "bench.excel", "--measure", what, "20"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    measured = json.loads(done.stdout)
    assert measured["seconds"] > 0
    assert 10 < measured["peak_mb"] < 300


def test_the_command_can_be_run_and_names_what_there_is() -> None:
    assert os.access(ROOT / "bin/bench", os.X_OK)
    for name in ("", "nothing", "../excel", "__init__", "years"):  # the last only helps
        done = subprocess.run(
            [ROOT / "bin/bench", name], capture_output=True, text=True, check=False
        )
        assert done.returncode != 0
        assert "excel、page_goals、pages、reminders" in done.stderr
