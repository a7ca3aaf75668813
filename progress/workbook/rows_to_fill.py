"""The rows of a unit's 填报表: what each shows, and which fields of which draft it fills.

Writing the workbook and reading it back ask the same rows, so that they cannot differ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from progress.checking.look import Look
from progress.contents.row_sources import Sources
from progress.contents.rows import rows_of
from progress.contents.values import values_of
from progress.contents.versions import newest_versions
from progress.filing.form import DraftForm
from progress.judging.gathering import gather
from progress.lifecycle.permissions import window
from progress.models import Duty, ProgressReport, ReportVersion
from progress.periods.owed import Reliefs, is_under_way, still_owed
from progress.workbook.cells import item_cells, number_cells, spelled, step_cells, text_cells
from progress.workbook.tables import ANSWERS, NUMBERS, STEPS, TABLES, TEXTS
from tasks.models import Plan
from units.actors import Actor
from units.models import Unit
from units.sheets.book import text_of
from units.sheets.columns import Table, Value
from units.sheets.writing import cell_value

FIGURES = frozenset({"value", "started"})
DIGEST_LENGTH = 10


@dataclass(frozen=True)
class FillRow:
    """One row. `fields`: key of an input column → what stands there now, for those it takes."""

    table: Table
    look: Look
    prefix: str
    shown: Mapping[str, Value]
    fields: Mapping[str, Value]

    @property
    def report(self) -> ProgressReport:
        return self.look.report

    @cached_property
    def suggested(self) -> frozenset[str]:
        """Inputs that show what the list of 子项 counts while the draft itself is blank there."""
        stored = values_of(self.look.version)
        blank = {key for key in self.fields if stored.get(self.prefix + key) is None}
        is_number = self.table is NUMBERS
        return frozenset(key for key in blank & FIGURES if is_number and self.text(key))

    @property
    def place(self) -> str:
        """Names the row, whatever stands in it."""
        return f"{self.report.pk}|{self.prefix}"

    @property
    def mark(self) -> str:
        """The hidden stamp: place, the draft's `stamp`, and a digest of what the row showed.

        Stale is a row whose draft was saved since and whose own cells changed by it.
        """
        return f"{self.place}|{stamp_of(self.look.version)}|{self.digest}"

    @property
    def digest(self) -> str:
        spelled = "\x1f".join(f"{key}={self.text(key)}" for key in sorted(self.fields))
        return hashlib.sha256(spelled.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_LENGTH]

    def text(self, key: str) -> str:
        """What stands in an input cell, as it will be read back."""
        return text_of(cell_value(self.fields[key]))

    @property
    def values(self) -> dict[str, Value]:
        return {"id": self.mark, **item_cells(self.report), **self.shown, **self.fields}

    @property
    def closed(self) -> frozenset[str]:
        return frozenset(c.key for c in self.table.columns if c.is_input) - set(self.fields)


@dataclass(frozen=True)
class ToFill:
    """All rows of a unit now, by sheet, and the reports they belong to."""

    looks: list[Look]
    rows: list[FillRow] = field(default_factory=list)

    def of(self, table: Table) -> list[FillRow]:
        return [row for row in self.rows if row.table is table]

    @property
    def by_place(self) -> dict[tuple[str, str], FillRow]:
        return {(row.table.name, row.place): row for row in self.rows}


def stamp_of(version: ReportVersion | None) -> str:
    """The draft's stamp; 0 while nothing was typed."""
    return version.stamp if version is not None and version.edits else "0"


def reports_to_fill(plan: Plan, unit: Unit | None, today: date) -> list[ProgressReport]:
    """The unit's reports that may be typed in today, in the order of period and notice."""
    found = ProgressReport.objects.of_unit(unit).filter(period__plan=plan)
    related = found.select_related(
        "period__plan", "responsibility__task__plan", "responsibility__unit"
    )
    reliefs = Reliefs.of(plan)
    return [
        report
        for report in related.order_by(
            "period__data_as_of", "responsibility__task__kind", "responsibility__task__number"
        )
        if report.is_editable
        and window(report, today)
        and is_under_way(report, today)
        and still_owed(report, reliefs)
    ]


def to_fill(plan: Plan, actor: Actor, today: date) -> ToFill:
    """Everything that the actor's unit may fill today."""
    reports = reports_to_fill(plan, actor.unit, today)
    if not reports:
        return ToFill([])
    gathered = gather([(report.task, report.period) for report in reports])
    sources = Sources(reports, gathered.tasks, gathered.figures)
    versions, previous = newest_versions(reports), _previous(reports, actor.unit)
    filling = ToFill([])
    for report in reports:
        version = versions.get(report.pk)
        look = Look(
            report=report,
            version=version,
            rows=rows_of(report, version, sources),
            judgement=gathered.judgement(report.task, report.period),
            previous=previous.get(report.pk),
            frozen=None,
            gathered=gathered,
            sources=sources,
        )
        filling.looks.append(look)
        filling.rows.extend(_rows(look, today))
    order = [table.name for table in TABLES]
    filling.rows.sort(key=lambda row: order.index(row.table.name))
    return filling


def _previous(
    reports: Iterable[ProgressReport], unit: Unit | None
) -> dict[int, ReportVersion | None]:
    """Report → what the unit last had accepted on the item before it (`earlier`, in one query)."""
    accepted = ProgressReport.objects.of_unit(unit).filter(
        responsibility__task__in=[report.task.pk for report in reports],
        accepted_version__isnull=False,
    )
    related = accepted.select_related("accepted_version", "period", "responsibility")
    earlier = list(related.order_by("period__data_as_of"))
    found: dict[int, ReportVersion | None] = {}
    for report in reports:
        for each in earlier:
            is_before = each.period.data_as_of < report.period.data_as_of
            if is_before and each.responsibility.task_id == report.task.pk:
                found[report.pk] = each.accepted_version
    return found


def _rows(look: Look, today: date) -> Iterable[FillRow]:
    form = DraftForm(look=look, today=today)
    if look.report.duty != Duty.SHARE:
        yield _text_row(look, form)
    for number in look.rows.indicators:
        if number.is_editable:
            yield FillRow(
                NUMBERS, look, number.prefix, number_cells(number), _held(form, number.prefix)
            )
    for step in look.rows.milestones:
        if step.is_editable:
            yield FillRow(STEPS, look, step.prefix, step_cells(step), _held(form, step.prefix))
    for promise in look.promises:
        shown = {"what": promise.line}
        yield FillRow(ANSWERS, look, promise.prefix, shown, _held(form, promise.prefix))


def _text_row(look: Look, form: DraftForm) -> FillRow:
    fields = {
        column.key: spelled(column.key, form[column.key].initial)
        for column in TEXTS.columns
        if column.is_input and column.key in form.fields
    }
    if not look.wants_light and not fields.get("proposed_light"):
        fields.pop("proposed_light", None)
    return FillRow(TEXTS, look, "", text_cells(look.previous), fields)


def _held(form: DraftForm, prefix: str) -> dict[str, Value]:
    """What stands in the fields of one row, by column."""
    names = [name for name in form.fields if name.startswith(prefix)]
    ends = {name.removeprefix(prefix): form[name].initial for name in names}
    return {end: spelled(end, value) for end, value in ends.items()}
