"""本期数据一页填: the numbers of every report that a unit has open, on one page.

Each report is saved by itself, through the same draft as its own form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from progress import drafts
from progress.checks import findings_for
from progress.draft_form import figure_fields
from progress.draft_values import values_of
from progress.drafts import Conflict
from progress.examine import figure_of
from progress.figures import figures_of
from progress.findings import Filing, Finding
from progress.form_lines import NumberLine
from progress.listing import prefilled
from progress.loading import load_tasks
from progress.models import ProgressReport, ReportVersion
from progress.models.reports import EDITABLE
from progress.permissions import window
from progress.row_sources import Sources
from progress.rows import IndicatorRow, Rows, rows_of
from progress.standing import Reliefs, is_under_way, still_owed
from tasks.models import Plan
from units.actors import Actor


class NumbersForm(forms.Form):
    """The figures of one report. Its names stand behind the report's prefix, its keys do not."""

    def __init__(
        self,
        data: Any = None,
        *,
        report: ProgressReport,
        rows: Sequence[IndicatorRow],
        version: ReportVersion | None,
    ) -> None:
        stored = values_of(version)
        counted = prefilled(rows, stored, is_main=report.is_main)
        super().__init__(data, initial=stored | counted, prefix=f"r{report.pk}")
        for row in rows:
            for column, made in figure_fields(row).items():
                made.widget.attrs["aria-label"] = str(made.label)
                self.fields[row.prefix + column] = made

    def values(self) -> dict[str, Any]:
        """What was posted and could be read: draft key → figure."""
        self.full_clean()
        cleaned: dict[str, Any] = self.cleaned_data
        return {key: value for key, value in cleaned.items() if self.add_prefix(key) in self.data}

    def shown_again(self, typed: NumbersForm, keep: set[str]) -> NumbersForm:
        """This form with the fields `keep` as they were typed in `typed`, all others as stored."""
        data = {self.add_prefix(key): self[key].value() for key in self.fields}
        data |= {self.add_prefix(key): typed[key].value() for key in keep if key in typed.fields}
        again = NumbersForm.__new__(NumbersForm)
        forms.Form.__init__(again, data, prefix=self.prefix)
        again.fields = self.fields
        return again


@dataclass
class Block:
    """One report of the page: its numbers, its form, and what became of the last save."""

    report: ProgressReport
    version: ReportVersion | None
    rows: Rows
    form: NumbersForm
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    problem: str = ""
    base: str = ""

    @property
    def lines(self) -> list[NumberLine]:
        """Each number that the unit fills here, with its fields and findings."""
        found = self.findings
        return [
            NumberLine(
                row,
                {
                    key.removeprefix(row.prefix): self.form[key]
                    for key in self.form.fields
                    if key.startswith(row.prefix)
                },
                [each for each in found if each.field.startswith(row.prefix)],
            )
            for row in own_numbers(self.rows)
        ]

    @property
    def findings(self) -> list[Finding]:
        """What is to be said of the figures alone, once something was saved."""
        if self.version is None or not self.version.edits:
            return []
        figures = tuple(figure_of(row, self.rows) for row in own_numbers(self.rows))
        return findings_for(Filing(figures=figures, wants_text=False))

    @property
    def has_trouble(self) -> bool:
        return bool(self.problem or self.conflicts or self.form.errors)


def own_numbers(rows: Rows) -> list[IndicatorRow]:
    """The numbers that are the report's to fill; parts of counties stand in the form itself."""
    return [
        row for row in rows.indicators if row.is_editable and (row.unit is None or not rows.is_main)
    ]


def blocks_of(plan: Plan, actor: Actor, today: date, data: Any = None) -> list[Block]:
    """The open reports of the actor's unit that have numbers, by deadline; a dozen queries."""
    reports = _open_reports(plan, actor, today)
    if not reports:
        return []
    items = load_tasks({each.task.pk: each.task for each in reports}.values())
    until = max(each.period.data_as_of for each in reports)
    figures, sources = figures_of(items, until), Sources(reports)
    newest = _newest_versions(reports)
    blocks = []
    for report in reports:
        version = newest.get(report.pk)
        rows = rows_of(
            report,
            version,
            item=items[report.task.pk],
            figures=figures,
            sources=sources,
        )
        if own := own_numbers(rows):
            form = NumbersForm(data, report=report, rows=own, version=version)
            blocks.append(Block(report, version, rows, form, base=drafts.fingerprint(version)))
    return blocks


def _open_reports(plan: Plan, actor: Actor, today: date) -> list[ProgressReport]:
    reports = ProgressReport.objects.of_unit(actor.unit).filter(
        period__plan=plan, state__in=EDITABLE
    )
    related = reports.select_related(
        "period__plan", "responsibility__task__plan", "responsibility__unit"
    )
    reliefs = Reliefs.of(plan)
    return [
        each
        for each in related.order_by("due_on", "responsibility__task__number", "pk")
        if is_under_way(each, today) and still_owed(each, reliefs) and window(each, today)
    ]


def _newest_versions(reports: Sequence[ProgressReport]) -> dict[int, ReportVersion]:
    """Report → its latest version with everything that a draft holds."""
    versions = ReportVersion.objects.filter(report__in=reports).order_by("number")
    related = versions.prefetch_related("readings", "milestone_readings")
    return {version.report_id: version for version in related}
