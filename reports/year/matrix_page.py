"""责任矩阵 on the page: items down, units across, a sign where a unit answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progress.board.shown import Item
from reports.ledger.groups import LedgerGroup, grouped
from reports.ledger.rows import LedgerRow
from reports.stats.units import UnitItems, by_unit
from reports.workbooks.books.matrix import LEGEND, WORDS, sign_of

Cells = tuple[tuple[str, str], ...]  # sign and its word; both empty where a unit has nothing to do


@dataclass(frozen=True)
class MatrixRow:
    item: Item
    cells: Cells


@dataclass(frozen=True)
class Matrix:
    """`units` are the columns; each with how many items it leads and supports."""

    units: list[UnitItems]
    groups: list[tuple[LedgerGroup, list[MatrixRow]]]
    legend: str = LEGEND


def matrix(rows: Sequence[LedgerRow]) -> Matrix:
    """Who answers today for what the actor may see; the workbook prints the same on A3."""
    units = by_unit(rows)
    groups = [
        (group, [MatrixRow(row.task, _cells(row, units)) for row in group.rows])
        for group in grouped(rows)
    ]
    return Matrix(units, groups)


def _cells(row: LedgerRow, units: Sequence[UnitItems]) -> Cells:
    signs = {held.unit_id: sign_of(held) for held in row.holders}
    found = [signs.get(each.unit.pk, "") for each in units]
    return tuple((sign, WORDS.get(sign, "")) for sign in found)
