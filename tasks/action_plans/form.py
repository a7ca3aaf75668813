"""The form of a 办理方案: what is typed, cell by cell, to a `Content` and back.

Names: `value-<indicator>-<unit|0>-<YYYYMMDD>`, `share-<indicator>-<unit>`, `step-<n>-title` (and
due_on, weight, responsibility, id, commitment), `need-<designation>` (unit ids), `weight-
<indicator|0>` of a row of the item. A blank cell plans nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.core.exceptions import ValidationError
from django.http import QueryDict

from huangshi_tasks.lib.text import plain
from tasks.action_plans.content import Content, PlannedStep, ValueKey
from tasks.action_plans.outline import Outline
from tasks.action_plans.steps import StepRow, step_rows, whole
from tasks.commitments.promised import Promised
from tasks.models import Designation, Indicator
from units.city.words import said
from units.face.number_field import number_of
from units.models import Unit

STEPS = "节点（合为一行）"


@dataclass
class Cell:
    """One input: what it shows, what is wrong with it, and what was in force where that differs."""

    name: str
    label: str
    text: str = ""
    error: str = ""
    was: Decimal | None = None
    value: Decimal | None = None


@dataclass
class Row:
    """The city (unit None) or one unit: its part of the target, and its planned values."""

    unit: Unit | None
    share: Cell | None
    cells: list[Cell] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is planned for it, neither now nor before."""
        all_cells = [*self.cells, *([self.share] if self.share is not None else [])]
        return all(cell.value is None and cell.was is None for cell in all_cells)


@dataclass
class Table:
    indicator: Indicator
    target: Decimal | None
    rows: list[Row]

    @property
    def filled_rows(self) -> list[Row]:
        """To read: the city, and the units of which something is planned."""
        return [row for row in self.rows if row.unit is None or not row.is_empty]


@dataclass
class NeedRow:
    designation: Designation
    chosen: set[int]


@dataclass
class WeightRow:
    """What one row counts beside the others; `pk` None of all steps together."""

    pk: int | None
    name: str
    field: str
    text: str
    weight: int | None = None


class ActionPlanForm:
    """`data` is what was posted; without it the form shows `content`. `before` is in force."""

    def __init__(
        self,
        outline: Outline,
        content: Content,
        data: QueryDict | None = None,
        before: Content | None = None,
    ) -> None:
        self.outline, self.shown, self.data = outline, content, data
        self.before = before

    @cached_property
    def tables(self) -> list[Table]:
        return [self._table(indicator) for indicator in self.outline.indicators]

    def _table(self, indicator: Indicator) -> Table:
        target = indicator.target_on(self.outline.day)
        rows = [self._row(indicator, None)]
        if indicator in self.outline.counted:
            rows += [self._row(indicator, unit) for unit in self.outline.counties]
        return Table(indicator, target.value if target is not None else None, rows)

    def _row(self, indicator: Indicator, unit: Unit | None) -> Row:
        unit_id = unit.pk if unit is not None else None
        whose = f"{indicator.name} {unit.place if unit is not None else said('全市')}"
        share = None
        if unit is not None:
            share = Cell(f"share-{indicator.pk}-{unit.pk}", f"{whose}{said('分县目标')}")
            key = (indicator.pk, unit.pk)
            was = self.before.shares.get(key) if self.before is not None else None
            self._fill(share, indicator.unit_of_measure, self.shown.shares.get(key), was)
        unit_of_measure = indicator.unit_of_measure
        cells = [
            self._cell((indicator.pk, unit_id, day), whose, unit_of_measure)
            for day in self.outline.dates
        ]
        return Row(unit, share, cells)

    def _cell(self, key: ValueKey, whose: str, unit_of_measure: str) -> Cell:
        indicator_id, unit_id, day = key
        name = f"value-{indicator_id}-{unit_id or 0}-{day:%Y%m%d}"
        cell = Cell(name, f"{whose}截至{day.month}月底计划值")
        was = self.before.values.get(key) if self.before is not None else None
        self._fill(cell, unit_of_measure, self.shown.values.get(key), was)
        return cell

    def _fill(self, cell: Cell, unit: str, stored: Decimal | None, was: Decimal | None) -> None:
        if self.data is None:
            cell.value = stored
            cell.text = "" if stored is None else plain(stored)
        else:
            cell.text = self.data.get(cell.name, "").replace("\x00", "").strip()[:60]
            if cell.text:
                try:
                    cell.value = _planned(cell.text, unit)
                except ValidationError as problem:
                    cell.error = str(problem.messages[0])
        cell.was = was if self.before is not None and was != cell.value else None

    @cached_property
    def steps(self) -> list[StepRow]:
        return step_rows(self.outline, self.shown, self.data)

    @property
    def steps_read(self) -> list[tuple[PlannedStep, str]]:
        """The steps, each with who reports it."""
        asked = self.outline.reporter_in_words
        return [(each, asked(each.responsibility_id)) for each in self.shown.milestones]

    @cached_property
    def needs(self) -> list[NeedRow]:
        return [NeedRow(each, self._chosen(each)) for each in self.outline.designations]

    def _chosen(self, designation: Designation) -> set[int]:
        if self.data is None:
            return {unit for pk, unit in self.shown.needs if pk == designation.pk}
        posted = set(self.data.getlist(f"need-{designation.pk}"))
        return {unit.pk for unit in self.units if str(unit.pk) in posted}

    @cached_property
    def units(self) -> list[Unit]:
        """Units that may be named."""
        return list(Unit.objects.current(self.outline.day))

    @cached_property
    def weights(self) -> list[WeightRow]:
        """The rows that count for the percent: numbers, and the steps together. None where the
        item has no number beside which steps could count.
        """
        rows = [(each.pk, each.name) for each in self.outline.counted]
        return [self._weight(*row) for row in [*rows, (None, STEPS)]] if rows else []

    def _weight(self, pk: int | None, name: str) -> WeightRow:
        row = WeightRow(pk, name, f"weight-{pk or 0}", str(self.shown.weights.get(pk, 1)))
        if self.data is not None and row.field in self.data:
            row.text = self.data.get(row.field, "").strip()[:6] or "1"
        row.weight = whole(row.text)
        return row

    @property
    def promised(self) -> list[Promised]:
        """Each commitment of the sentence with what measures it by this plan."""
        return self.outline.promised_by(self.shown.milestones)

    @property
    def mistakes(self) -> int:
        """How many cells cannot be read; while there are any nothing is saved."""
        cells = sum(bool(cell.error) for cell in self._cells())
        weights = sum(row.weight is None for row in self.weights)
        return cells + weights + sum(len(step.errors) for step in self.steps)

    @property
    def content(self) -> Content:
        """What was typed; cells that cannot be read are left out."""
        values, shares = {}, {}
        for table in self.tables:
            for row in table.rows:
                unit_id = row.unit.pk if row.unit is not None else None
                for day, cell in zip(self.outline.dates, row.cells, strict=True):
                    if cell.value is not None:
                        values[table.indicator.pk, unit_id, day] = cell.value
                if row.share is not None and row.share.value is not None and unit_id is not None:
                    shares[table.indicator.pk, unit_id] = row.share.value
        return Content(
            values=values | self._other_days(),
            shares=shares,
            milestones=tuple(row.step for row in self.steps if row.step is not None),
            needs=frozenset(
                (row.designation.pk, unit) for row in self.needs for unit in row.chosen
            ),
            weights={row.pk: row.weight for row in self.weights if row.weight not in (None, 1)},
        )

    def _other_days(self) -> dict[ValueKey, Decimal]:
        """Planned values for days that this page has no column for are kept as they are."""
        return {
            key: value
            for key, value in self.shown.values.items()
            if key[2] not in self.outline.dates
        }

    def _cells(self) -> Iterator[Cell]:
        for table in self.tables:
            for row in table.rows:
                yield from row.cells
                if row.share is not None:
                    yield row.share


def _planned(typed: str, unit: str) -> Decimal:
    number = number_of(typed, unit)
    if number < 0:
        raise ValidationError("计划值不能是负数，请核对。")
    return number
