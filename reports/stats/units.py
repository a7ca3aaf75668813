"""Rows by the units that answer for them today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progress.board.shown import Holder, UnitName
from reports.ledger.rows import LedgerRow
from tasks.models import ResponsibilityRole

LEADING = (ResponsibilityRole.LEAD, ResponsibilityRole.RESPONSIBLE)


@dataclass(frozen=True)
class UnitItems:
    """One unit with its items, those that it leads first, each part in the order of the notice."""

    unit: UnitName
    items: list[tuple[LedgerRow, Holder]]

    @property
    def leads(self) -> int:
        return sum(held.role in LEADING for _, held in self.items)

    @property
    def supports(self) -> int:
        return len(self.items) - self.leads


def by_unit(rows: Sequence[LedgerRow], only: int | None = None) -> list[UnitItems]:
    """Every unit that holds a responsibility, in the order of the directory; or `only` one."""
    found: dict[int, UnitItems] = {}
    for row in rows:
        for held in row.holders:
            if only in (None, held.unit_id):
                own = found.setdefault(held.unit_id, UnitItems(held.unit, []))
                own.items.append((row, held))
    for own in found.values():
        own.items.sort(key=lambda pair: pair[1].role not in LEADING)
    return sorted(found.values(), key=lambda own: (own.unit.ordinal, own.unit.pk))
