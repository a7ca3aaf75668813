"""What the page of a report shows: rows joined with their fields, findings beside what they
mean.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from progress.checking.findings import STEPS_FIELD, Finding
from progress.checking.look import Look
from progress.filing.drafts import Conflict
from progress.filing.form import DraftForm
from progress.filing.lines import CountyTable, NumberLine, PromiseLine, StepLine
from progress.models import ProgressReport

# Fields behind a heading that is closed while nobody needs them.
GROUPS = {
    "no_progress": ("no_progress", "no_progress_reason"),
    "coordination": ("coordination", "coordination_lead", "coordination_by"),
}


@dataclass(frozen=True)
class Problem:
    """One line of the summary at the top; `anchor` is where it stands in the form."""

    anchor: str
    sentence: str
    is_blocking: bool = True


@dataclass
class FormPage:
    """Everything of the page that depends on rows, findings and conflicts."""

    numbers: list[NumberLine]
    counties: list[CountyTable]
    steps: list[StepLine]
    promises: list[PromiseLine]  # 上期下一步, line by line
    by_field: dict[str, list[Finding]]
    conflicts: dict[str, Conflict]
    answers: dict[str, BoundField | None]  # key of a warning → the field of its sentence
    mistakes: list[Problem]  # what could not be read, and what two people changed
    objections: list[Problem]  # what keeps the report from leaving
    open_groups: set[str]

    @property
    def tracks_start(self) -> bool:
        """Whether any number has 开工 beside 完工."""
        return any(line.row.indicator.tracks_start for line in self.numbers)

    @property
    def has_verified(self) -> bool:
        """Whether the office put its own figure beside any number."""
        return any(
            line.row.reading and line.row.reading.verified is not None for line in self.numbers
        )


def page_of(
    look: Look, form: DraftForm | None = None, conflicts: Iterable[Conflict] = ()
) -> FormPage:
    """Join rows, form and findings. The item's own report has a table for each number's counties;
    a county's own row is simply a number of its form.
    """
    rows, found = look.rows, look.findings
    by_field: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_field[anchor_of(finding.field)].append(finding)
    lines = [
        NumberLine(row, _fields(form, row.prefix), by_field[row.prefix]) for row in rows.indicators
    ]
    parts: dict[int, list[NumberLine]] = defaultdict(list)
    for line in lines:
        if line.row.unit is not None and rows.is_main:
            parts[line.row.indicator.pk].append(line)
    mistakes = _mistakes(form, conflicts) if form is not None else []
    return FormPage(
        numbers=[line for line in lines if line.row.unit is None or not rows.is_main],
        counties=[CountyTable(those[0].row.indicator, those) for those in parts.values()],
        steps=[StepLine(step, _fields(form, step.prefix)) for step in rows.milestones],
        promises=[PromiseLine(each, _fields(form, each.prefix)) for each in look.promises],
        by_field=dict(by_field),  # a template would ask a defaultdict for its key "items"
        conflicts={conflict.key: conflict for conflict in conflicts},
        answers={finding.key: _field(form, f"explanation:{finding.key}") for finding in found},
        mistakes=mistakes,
        objections=[
            Problem(anchor_of(each.field), each.sentence, each.is_blocking)
            for each in look.objections
        ],
        open_groups=_open_groups(form, {*by_field, *(each.anchor for each in mistakes)}),
    )


def _open_groups(form: DraftForm | None, noted: set[str]) -> set[str]:
    """Groups in use, or with something said about one of their fields."""
    if form is None:
        return set()
    return {
        group
        for group, names in GROUPS.items()
        if any(name in noted or form[name].value() for name in names)
    }


def anchor_of(key: str) -> str:
    """Where on the page the field `key` stands: columns of a number or milestone in their row."""
    if key.startswith("explanation:"):
        return anchor_of(key.split(":", 2)[2])
    if key.startswith("answer:"):
        return STEPS_FIELD
    if key.startswith(("reading:", "milestone:")):
        return key[: key.rindex(":") + 1]
    return key


def _mistakes(form: DraftForm, conflicts: Iterable[Conflict]) -> list[Problem]:
    unread = [
        Problem(anchor_of(name), f"{form.fields[name].label}：{errors[0]}")
        for name, errors in form.errors.items()
    ]
    changed = [
        Problem(anchor_of(each.key), f"{form.fields[each.key].label}：{each.their_name}同时改过")
        for each in conflicts
        if each.key in form.fields  # a sentence on a finding that is gone needs no settling
    ]
    return unread + changed


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
