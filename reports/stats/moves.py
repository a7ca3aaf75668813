"""较上期: how many items fell behind, were closed, were turned round since the 定稿 before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reports.moves import FELL, MOVES
from reports.rows import LedgerRow


@dataclass(frozen=True)
class Move:
    """A count in words; `value` is the ledger's filter value that lists exactly these rows."""

    value: str
    word: str
    count: int

    @property
    def tone(self) -> str:
        return "c-late" if self.value == FELL and self.count else ""


def moves(rows: Sequence[LedgerRow]) -> list[Move]:
    """新增滞后, 销号, 扭转; empty where no row has a 定稿 to be compared with."""
    if not any(row.before for row in rows):
        return []
    counted = Counter(row.move for row in rows)
    return [Move(value, word, counted[value]) for value, word in MOVES.items()]
