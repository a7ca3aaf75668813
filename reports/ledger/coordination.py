"""需市政府协调解决的问题: what units asked of the city in the reports behind the latest 定稿."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from progress.board.shown import Said, Source, UnitName
from reports.ledger.rows import LedgerRow
from reports.numbers.dated import marked, said_mark


@dataclass(frozen=True)
class Problem:
    """One problem, with the unit that raised it: the primary, a co-lead or a county."""

    row: LedgerRow
    unit: UnitName
    version: Said
    source: Source | None = None

    @property
    def text(self) -> str:
        """What is asked, behind its mark where it is of an older report."""
        return marked(self.version.coordination, said_mark(self.source, self.row.of))


def problems_of(rows: Sequence[LedgerRow]) -> list[Problem]:
    """Problems by the day on which help is wanted, then by number."""
    problems = [
        Problem(row, each.unit, each.version, each.source)
        for row in rows
        if row.frozen is not None
        for each in row.problems
    ]
    return sorted(problems, key=lambda each: each.version.coordination_by or date.max)
