"""Cells of a measurement: a few requests of one kind, and what the machine spent on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from bench.load.processes import cpu_ms
from bench.load.site import Answer, Site, Visitor


@dataclass
class Cell:
    """What one kind of request cost so far, over all its turns."""

    times: list[float] = field(default_factory=list)
    cpu_ms: float = 0.0
    db_ms: float = 0.0
    bytes: int = 0
    wire_bytes: int = 0

    def add(self, answers: Sequence[Answer], cpu: float, database: float) -> None:
        """One more turn."""
        self.times += [answer.ms for answer in answers]
        self.cpu_ms += cpu
        self.db_ms += database
        self.bytes = len(answers[-1].text.encode())
        self.wire_bytes = answers[-1].wire_bytes

    def figures(self) -> dict[str, Any]:
        """Milliseconds of a request: of CPU, and of waiting for the last byte."""
        turns = len(self.times)
        return {
            "cpu_ms": round(self.cpu_ms / turns, 2),
            "db_ms": round(self.db_ms / turns, 2),
            "median_ms": round(median(self.times), 1),
            "p95_ms": round(quantiles(self.times, n=20)[18], 1),
            "bytes": self.bytes,
            "wire_bytes": self.wire_bytes,
        }


class Meter:
    """Runs requests and reads what site and PostgreSQL used meanwhile."""

    def __init__(self, postmaster: int) -> None:
        self._postmaster = postmaster

    def measure(
        self,
        cell: Cell,
        site: Site,
        visitors: Sequence[Visitor],
        ask: Callable[[Visitor], Answer],
        times: int,
    ) -> None:
        """Every visitor asks `times` times, all at once; adds to `cell`."""

        def turn(visitor: Visitor) -> list[Answer]:
            return [ask(visitor) for _ in range(times)]

        cpu, database = site.cpu_ms(), cpu_ms(self._postmaster)
        if len(visitors) == 1:
            answers = turn(visitors[0])
        else:
            with ThreadPoolExecutor(len(visitors)) as pool:
                answers = [answer for each in pool.map(turn, visitors) for answer in each]
        cell.add(answers, site.cpu_ms() - cpu, cpu_ms(self._postmaster) - database)
