"""较上期: how many items fell behind, were closed, were turned round since the 定稿 before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from progress.states import Light
from reports.ledger.moves import FELL, MOVES
from reports.ledger.rows import LedgerRow


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


# Better first; what cannot be compared is in none of them.
ORDER = (
    frozenset({Light.DONE}),
    frozenset({Light.AHEAD}),
    frozenset({Light.ON_PACE}),
    frozenset({Light.SLOW}),
    frozenset({Light.LATE, Light.NOT_STARTED}),
)
BETTER, SAME, WORSE, NOT_COMPARED = "好转", "持平", "变差", "不作比较"
CHANGES = (BETTER, SAME, WORSE, NOT_COMPARED)


def change_of(before: str, now: str) -> str:
    """The word for the way from one light to the next."""
    was, is_now = _place(before), _place(now)
    if was is None or is_now is None:
        return NOT_COMPARED
    return SAME if was == is_now else BETTER if is_now < was else WORSE


def _place(light: str) -> int | None:
    return next((place for place, lights in enumerate(ORDER) if light in lights), None)
