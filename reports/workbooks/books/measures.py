"""年度目标, 本期计划 and 实际完成 of an item as its 定稿 had them, as cells.

An item with one number shows the number itself; one with several a line for each; one with
milestones the part of their weight; one judged in words none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from huangshi_tasks.lib.text import full_width, number
from progress.judging.figures import Figures
from progress.judging.loading import load_tasks
from reports.excel.cells import PERCENT, Cell, with_unit
from reports.ledger.frozen import figures_of_readings, planned_then, readings_at_finalizing
from reports.ledger.rows import LedgerRow
from tasks.models import Comparator, Indicator, Task

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


def measures_of(rows: Sequence[LedgerRow], today: date) -> dict[int, Measures]:
    """Task id → its three cells; seven queries for any number of rows."""
    tasks = load_tasks(row.task for row in rows)
    figures = figures_of_readings(readings_at_finalizing(rows))
    return {
        row.task.pk: _measures(row, tasks[row.task.pk], figures[row.task.pk], today) for row in rows
    }


def _measures(row: LedgerRow, task: Task, figures: Figures, today: date) -> Measures:
    indicators: list[Indicator] = list(task.indicators.all())
    if not indicators:
        return _without_numbers(row, task)
    day = row.data_as_of or today
    lines = [_line(indicator, row, figures, day) for indicator in indicators]
    if len(lines) == 1:
        return Measures(lines[0].target.cell, lines[0].planned.cell, lines[0].actual.cell)
    return Measures(
        _joined((line.name, line.target) for line in lines),
        _joined((line.name, line.planned) for line in lines),
        _joined((line.name, line.actual) for line in lines),
    )


def _line(indicator: Indicator, row: LedgerRow, figures: Figures, day: date) -> _Line:
    unit = indicator.unit_of_measure
    target = indicator.target_on(day)
    promised = _Amount(None, unit)
    if target is not None:
        promised = _Amount(
            target.value, unit + SUFFIXES.get(indicator.comparator, ""), target.upper
        )
    has_frozen = row.frozen is not None
    planned = planned_then(indicator, target, row, day) if has_frozen else None
    actual = figures.of_city(indicator.pk, day) if has_frozen else None
    return _Line(indicator.name, promised, _Amount(planned, unit), _Amount(actual, unit))


def _without_numbers(row: LedgerRow, task: Task) -> Measures:
    steps = len(task.milestones.all())
    target = Cell(f"节点{steps}个" if steps else task.get_tracking_display())
    if row.frozen is None or row.frozen.percent is None:
        return Measures(target, Cell(None), Cell(None))
    return Measures(target, _share(row.frozen.expected), _share(row.frozen.percent))


def _share(percent: Decimal | None) -> Cell:
    return Cell(percent / HUNDRED if percent is not None else None, PERCENT)


def _joined(parts: Iterable[tuple[str, _Amount]]) -> Cell:
    lines = [f"{full_width(name)}{amount.text}" for name, amount in parts if amount.text]
    return Cell("\n".join(lines))
