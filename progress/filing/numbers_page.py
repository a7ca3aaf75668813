"""本期数据一页填: the numbers of every report that a unit has open, shown and saved on one page.

Each report is a block with its own form, saved by itself through the same draft as its own page;
what could not be saved comes back on its block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms

from progress.checking.checks import findings_for
from progress.checking.findings import Filing, Finding
from progress.checking.look import figure_of
from progress.contents.listing import prefilled
from progress.contents.row_sources import Sources
from progress.contents.rows import IndicatorRow, Rows, rows_of
from progress.contents.values import keys_of, values_of
from progress.contents.versions import newest_versions
from progress.filing import drafts
from progress.filing.drafts import Conflict
from progress.filing.form import figure_fields
from progress.filing.lines import NumberLine
from progress.lifecycle.permissions import window
from progress.models import ProgressReport, ReportVersion
from progress.models.reports import EDITABLE
from progress.periods.owed import Reliefs, is_under_way, still_owed
from tasks.models import Plan
from units.actors import Actor
from units.errors import NotNow


class NumbersForm(forms.Form):
    """The figures of `rows`. Its names stand behind the report's prefix, its keys do not."""

    def __init__(
        self,
        rows: Sequence[IndicatorRow],
        data: Any = None,
        *,
        prefix: str,
        stored: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=stored, prefix=prefix)
        self.rows = rows
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
        return NumbersForm(self.rows, data, prefix=str(self.prefix), stored={**self.initial})


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
            for row in self.form.rows
        ]

    @property
    def findings(self) -> list[Finding]:
        """What is to be said of the figures alone, once something was saved."""
        if self.version is None or not self.version.edits:
            return []
        figures = tuple(figure_of(row, self.rows) for row in self.form.rows)
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
    reports = open_reports(plan, actor, today)
    if not reports:
        return []
    sources, newest = Sources.of(reports), newest_versions(reports)
    blocks = []
    for report in reports:
        version = newest.get(report.pk)
        rows = rows_of(report, version, sources)
        if own := own_numbers(rows):
            form = _form(report, version, own, data)
            blocks.append(Block(report, version, rows, form, base=drafts.fingerprint(version)))
    return blocks


def _form(
    report: ProgressReport, version: ReportVersion | None, own: Sequence[IndicatorRow], data: Any
) -> NumbersForm:
    """What is stored, and in blanks what the lists of 子项 count."""
    stored = values_of(version)
    counted = prefilled(own, stored, is_main=report.is_main)
    return NumbersForm(own, data, prefix=f"r{report.pk}", stored=stored | counted)


def open_reports(plan: Plan, actor: Actor, today: date) -> list[ProgressReport]:
    """What the actor's unit may type in now, by deadline."""
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


def save_all(
    plan: Plan, actor: Actor, today: date, now: datetime, data: Any
) -> tuple[int, list[Block]]:
    """How many reports changed, and the page again where something could not be saved."""
    posted = blocks_of(plan, actor, today, data)
    changed = sum(_save(block, actor, now, data) for block in posted)
    if not any(block.has_trouble for block in posted):
        return changed, []
    fresh = {block.report.pk: block for block in blocks_of(plan, actor, today)}
    return changed, [_again(block, fresh.get(block.report.pk)) for block in posted]


def _save(block: Block, actor: Actor, now: datetime, data: Any) -> bool:
    """Save one report; what stands in the way is kept on the block."""
    block.base = data.get(block.form.add_prefix("base"), "")
    values = block.form.values()
    if not values:
        return False
    try:
        saved = drafts.save_draft(
            report=block.report,
            actor=actor,
            now=now,
            values=values,
            base=block.base,
            allowed=keys_of(block.rows),
        )
    except NotNow as problem:
        block.problem = str(problem)
        return False
    block.conflicts = {conflict.key: conflict for conflict in saved.conflicts}
    return bool(saved.changed)


def _again(posted: Block, fresh: Block | None) -> Block:
    """The block as it stands now, with what was typed and not saved."""
    if fresh is None or posted.problem:
        return posted
    unread = set(posted.form.errors)
    keep = unread | set(posted.conflicts)
    fresh.form = fresh.form.shown_again(posted.form, keep)
    fresh.base = drafts.rebased(fresh.version, posted.base, unread)
    fresh.conflicts = posted.conflicts
    return fresh


def troubles_of(blocks: Sequence[Block]) -> list[tuple[Block, str]]:
    """What was not saved, each with the report it belongs to, for the top of the page."""
    found = [(block, block.problem) for block in blocks if block.problem]
    for block in blocks:
        for key, errors in block.form.errors.items():
            found.append((block, f"{block.form.fields[key].label}：{errors[0]}"))
        for key, conflict in block.conflicts.items():
            label = block.form.fields[key].label
            found.append((block, f"{label}：{conflict.their_name}同时改过，核对后再次保存"))
    return found
