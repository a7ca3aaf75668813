"""年度目标, 本期计划 and 实际完成 of an item as its 定稿 had them, as cells.

An item with one number shows the number itself; one with several a line for each; one with
milestones the part of their weight; one judged in words none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from huangshi_tasks.lib.text import full_width, number
from progress.board.numbers import IndicatorLine, Tables, planned_then
from reports.excel.cells import PERCENT, Cell, with_unit
from reports.ledger.frozen import tables_at_finalizing
from reports.ledger.rows import LedgerRow
from tasks.models import Comparator

SUFFIXES: dict[str, str] = {Comparator.GE: "以上", Comparator.LE: "以内", Comparator.ABOUT: "左右"}
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Measures:
    target: Cell
    planned: Cell
    actual: Cell


@dataclass(frozen=True)
class _Amount:
    """A figure with its unit, of a range such as 1—2家 with its upper end."""

    value: Decimal | None
    unit: str
    upper: Decimal | None = None

    @property
    def text(self) -> str:
        if self.value is None:
            return ""
        end = f"—{number(self.upper)}" if self.upper is not None else ""
        return f"{number(self.value)}{end}{self.unit}"

    @property
    def cell(self) -> Cell:
        if self.value is None or self.upper is not None:
            return Cell(self.text)
        return with_unit(self.value, self.unit)


@dataclass(frozen=True)
class _Line:
    """One number of an item."""

    name: str
    target: _Amount
    planned: _Amount
    actual: _Amount


def measures_of(rows: Sequence[LedgerRow]) -> dict[int, Measures]:
    """Task id → its three cells."""
    tables = tables_at_finalizing(rows)
    return {row.task.pk: _measures(row, tables[row.task.pk]) for row in rows}


def _measures(row: LedgerRow, tables: Tables) -> Measures:
    if not tables.lines:
        return _without_numbers(row, tables)
    lines = [_line(line, row) for line in tables.lines]
    if len(lines) == 1:
        return Measures(lines[0].target.cell, lines[0].planned.cell, lines[0].actual.cell)
    return Measures(
        _joined((line.name, line.target) for line in lines),
        _joined((line.name, line.planned) for line in lines),
        _joined((line.name, line.actual) for line in lines),
    )


def _line(line: IndicatorLine, row: LedgerRow) -> _Line:
    indicator, unit = line.indicator, line.indicator.unit_of_measure
    promised = _Amount(None, unit)
    if line.target is not None:
        suffix = SUFFIXES.get(indicator.comparator, "")
        promised = _Amount(line.target, unit + suffix, line.upper)
    planned = actual = None
    if row.frozen is not None:
        year = row.task.plan.year
        planned = planned_then(indicator, line.planned, line.target, row.frozen, year)
        actual = line.actual
    return _Line(indicator.name, promised, _Amount(planned, unit), _Amount(actual, unit))


def _without_numbers(row: LedgerRow, tables: Tables) -> Measures:
    steps = tables.steps
    target = Cell(f"节点{steps}个" if steps else row.task.get_tracking_display())
    if row.frozen is None or row.frozen.percent is None:
        return Measures(target, Cell(None), Cell(None))
    return Measures(target, _share(row.frozen.expected), _share(row.frozen.percent))


def _share(percent: Decimal | None) -> Cell:
    return Cell(percent / HUNDRED if percent is not None else None, PERCENT)


def _joined(parts: Iterable[tuple[str, _Amount]]) -> Cell:
    lines = [f"{full_width(name)}{amount.text}" for name, amount in parts if amount.text]
    return Cell("\n".join(lines))
