"""What is behind, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from progress.states import Light
from reports.ledger.rows import LedgerRow

# Worst first, as the list of what is behind is read.
SEVERITY = (Light.LATE, Light.NOT_STARTED, Light.SLOW)
SLOW_SHOWN = 5  # of what is merely slow the page shows the worst; the rest is one click away


@dataclass(frozen=True)
class BehindList:
    """What is behind, the worst first; `rows` are those shown of `total`."""

    rows: list[LedgerRow]
    total: int

    @property
    def is_cut(self) -> bool:
        return len(self.rows) < self.total

    @property
    def note(self) -> str:
        """Behind the number: ，列滞后、未启动5项和进度偏慢5项; empty where all stand."""
        if not self.is_cut:
            return ""
        slow = sum(1 for row in self.rows if row.light == Light.SLOW)
        worse = len(self.rows) - slow
        return f"，列{f'滞后、未启动{worse}项和' if worse else ''}进度偏慢{slow}项"


def behind(rows: Sequence[LedgerRow], *, everything: bool = False) -> BehindList:
    """未达序时进度 and 未启动, the worst first, then by how far they are behind.

    Not `everything` is all that is late or not started, and the first few that are slow.
    """

    def order(row: LedgerRow) -> tuple[int, Decimal]:
        gap = row.frozen.gap if row.frozen is not None else None
        return SEVERITY.index(Light(row.light)), gap if gap is not None else Decimal(0)

    found = sorted((row for row in rows if row.light in SEVERITY), key=order)
    slow = [row for row in found if row.light == Light.SLOW]
    worse = [row for row in found if row.light != Light.SLOW]
    return BehindList(found if everything else worse + slow[:SLOW_SHOWN], len(found))
