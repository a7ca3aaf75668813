"""Reads workbooks as an upload is read and marked, each in a process of its own, and says what that
took. `python -m units.sheets.tests.measured`: names of files in, a line of JSON out for each.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from units.sheets.book import open_book
from units.sheets.columns import Column, Table, text_field
from units.sheets.marking import marked
from units.sheets.package import Unreadable
from units.sheets.reading import read_cells
from units.sheets.results import mistake_at

TABLE = Table(
    "数字",
    "数字",
    tuple(Column(f"c{at}", f"栏{at}", 10, text_field(500)) for at in range(12)),
)
SECONDS, MEGABYTES = 5.0, 300.0
REFUSED, FAILED = 3, 4


@dataclass(frozen=True)
class Cost:
    """`end` is 0 for a workbook that was read, `REFUSED` for one with a sentence."""

    seconds: float
    megabytes: float
    end: int


class Meter:
    """The process that forks one child a workbook."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, 0
        self.process = subprocess.Popen(  # our own module
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def cost_of(self, content: bytes) -> Cost:
        self.count += 1
        file = self.folder / f"{self.count}.xlsx"
        file.write_bytes(content)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(file, file=self.process.stdin, flush=True)
        cost = Cost(**json.loads(self.process.stdout.readline()))
        file.unlink()
        return cost


@contextmanager
def meter(folder: Path) -> Iterator[Meter]:
    running = Meter(folder)
    try:
        yield running
    finally:
        running.process.communicate(timeout=30)


def work_through(file: Path) -> int:
    """What an upload and the download of its error workbook do."""
    try:
        book = open_book(file.read_bytes())
    except Unreadable:
        return REFUSED
    rows, mistakes = read_cells(book, TABLE)
    mistakes = mistakes + [mistake_at(each["c0"], "栏0", "不对。") for each in rows]
    marked(book, mistakes)
    return 0


def _in_child(file: Path) -> Cost:
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
        resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))
        try:
            end = work_through(file)
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            end = FAILED
        os._exit(end)
    _, status, usage = os.wait4(child, 0)
    return Cost(
        usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)
    )


if __name__ == "__main__":
    for line in sys.stdin:
        found = _in_child(Path(line.strip()))
        sys.stdout.write(json.dumps(vars(found)) + "\n")
        sys.stdout.flush()
