"""What the page of a report shows: rows joined with their fields, findings beside what they
mean.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.forms import BoundField

from progress.checks import Finding
from progress.draft_form import DraftForm
from progress.drafts import Conflict
from progress.facts import CUMULATIVE
from progress.looking import Look
from progress.models import ProgressReport
from progress.rows import IndicatorRow, MilestoneRow
from tasks.models import Indicator


@dataclass
class NumberLine:
    """One number with its fields; without a form the fields are None."""

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
        return _percent(self.row.planned, self.row)


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
class CountyTable:
    """An indicator's parts, with the sum beside the city's figure."""

    indicator: Indicator
    lines: list[NumberLine]

    @property
    def total(self) -> Decimal | None:
        values = [line.row.value for line in self.lines if line.row.value is not None]
        return sum(values, Decimal(0)) if values else None

    @property
    def target(self) -> Decimal:
        return sum((line.row.target or Decimal(0) for line in self.lines), Decimal(0))


@dataclass
class FormPage:
    """Everything of the page that depends on rows, findings and conflicts."""

    numbers: list[NumberLine]
    counties: list[CountyTable]
    steps: list[StepLine]
    by_field: dict[str, list[Finding]]
    conflicts: dict[str, Conflict]
    answers: dict[str, BoundField | None]  # key of a warning → the field of its sentence


def page_of(
    look: Look, form: DraftForm | None = None, conflicts: Iterable[Conflict] = ()
) -> FormPage:
    """Join rows, form and findings. Numbers without a county stand first."""
    rows, found = look.rows, look.findings
    by_field: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_field[finding.field].append(finding)
    lines = [
        NumberLine(row, _fields(form, row.prefix), by_field[row.prefix]) for row in rows.indicators
    ]
    parts: dict[int, list[NumberLine]] = defaultdict(list)
    for line in lines:
        if line.row.unit is not None:
            parts[line.row.indicator.pk].append(line)
    return FormPage(
        numbers=[line for line in lines if line.row.unit is None],
        counties=[CountyTable(those[0].row.indicator, those) for those in parts.values()],
        steps=[StepLine(step, _fields(form, step.prefix)) for step in rows.milestones],
        by_field=by_field,
        conflicts={conflict.key: conflict for conflict in conflicts},
        answers={finding.key: _field(form, f"explanation:{finding.key}") for finding in found},
    )


def _fields(form: DraftForm | None, prefix: str) -> dict[str, BoundField]:
    if form is None:
        return {}
    names = [name for name in form.fields if name.startswith(prefix)]
    return {name.removeprefix(prefix): form[name] for name in names}


def _field(form: DraftForm | None, name: str) -> BoundField | None:
    return form[name] if form is not None and name in form.fields else None


def heading_of(report: ProgressReport) -> dict[str, Any]:
    """The head of every page about one report."""
    task, period = report.task, report.period
    return {"report": report, "task": task, "period": period, "plan": task.plan}
