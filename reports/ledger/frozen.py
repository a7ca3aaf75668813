"""The figures behind the rows: what had been accepted when each was finalized."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from progress.board.at_finalizing import Accepted, readings_at
from progress.board.numbers import Tables
from reports.ledger.rows import LedgerRow


def readings_at_finalizing(rows: Iterable[LedgerRow]) -> dict[int, list[Accepted]]:
    """Task id → accepted readings, oldest first and within a period the deciding one last."""
    judged = [(row.task, row.frozen) for row in rows if row.frozen is not None]
    frozen = {task.pk: frozen for task, frozen in judged}
    return readings_at(frozen, {task.plan.pk for task, _ in judged})


def tables_at_finalizing(rows: Sequence[LedgerRow]) -> dict[int, Tables]:
    """Task id → its numbers with their county parts, as of its own 定稿 (else of today)."""
    found: dict[int, Tables] = {}
    boards = {id(row.board): row.board for row in rows}
    for board in boards.values():
        if board is None:
            raise LookupError("these rows were not read from a board")
        found |= board.tables([row.task.pk for row in rows if row.board is board])
    return found
