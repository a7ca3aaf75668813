"""The lines of a report's page: each number and milestone with the fields that fill it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.forms import BoundField

from progress.checking.findings import Finding
from progress.contents.promises import Promise
from progress.contents.rows import IndicatorRow, MilestoneRow
from progress.lights.facts import CUMULATIVE
from tasks.models import Indicator

FIGURES = ("value", "started")  # the fields in sight; the others stand behind a heading


@dataclass
class NumberLine:
    """One number with its fields; without a form there are none."""

    row: IndicatorRow
    fields: dict[str, BoundField] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def percent(self) -> Decimal | None:
        """Done as percent of the target; None where that says nothing."""
        return _percent(self.row.value, self.row)

    @property
    def started(self) -> Decimal | None:
        return self.row.reading.started if self.row.reading is not None else None

    @property
    def start_percent(self) -> Decimal | None:
        return _percent(self.started, self.row)

    @property
    def planned_percent(self) -> Decimal | None:
        planned = self.row.planned if self.row.planned is not None else self.row.by_time
        return _percent(planned, self.row)

    @property
    def shows_more(self) -> bool:
        """Whether reason, source and correction are in use or needed, so that they stand open."""
        reading = self.row.reading
        is_used = reading is not None and (
            reading.blank_reason or reading.source or reading.is_correction
        )
        hidden = [each for name, each in self.fields.items() if name not in FIGURES]
        return bool(is_used or self.findings or any(each.errors for each in hidden))


def _percent(value: Decimal | None, row: IndicatorRow) -> Decimal | None:
    if value is None or not row.target or row.indicator.kind != CUMULATIVE:
        return None
    return value / row.target * 100


@dataclass
class StepLine:
    """One milestone with its fields."""

    row: MilestoneRow
    fields: dict[str, BoundField] = field(default_factory=dict)


@dataclass
class PromiseLine:
    """One step announced last period, with the fields that say how it went."""

    promise: Promise
    fields: dict[str, BoundField] = field(default_factory=dict)


@dataclass
class CountyTable:
    """An indicator's parts, with the sum beside the city's figure."""

    indicator: Indicator
    lines: list[NumberLine]

    @property
    def total(self) -> Decimal | None:
        return _sum([line.row.value for line in self.lines])

    @property
    def started(self) -> Decimal | None:
        return _sum([line.started for line in self.lines])

    @property
    def previous(self) -> Decimal | None:
        return _sum([line.row.previous for line in self.lines])

    @property
    def target(self) -> Decimal:
        return _sum([line.row.target for line in self.lines]) or Decimal(0)

    @property
    def filed_count(self) -> int:
        return len(self.lines) - len(self.missing)

    @property
    def missing(self) -> list[str]:
        """Names of the units whose figure is not in."""
        return [str(line.row.unit) for line in self.lines if line.row.value is None]


def _sum(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None
