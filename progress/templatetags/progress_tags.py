"""Tags of the report form: a field together with its findings and with what another person
saved.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from huangshi_tasks.lib import text
from huangshi_tasks.lib.file_kinds import ACCEPT
from progress.checking.findings import Finding
from progress.checking.look import Look, answer_before, explanation_of
from progress.contents.rows import IndicatorRow
from progress.contents.values import typed
from progress.filing.drafts import Conflict
from progress.filing.fingerprints import mark
from progress.filing.page import FormPage, anchor_of
from progress.models import ProgressReport, ReportVersion
from progress.periods.calendar import month_of
from progress.reminding.job_names import job_name
from progress.reviewing.form import ReviewForm
from progress.reviewing.queue import Queue
from progress.states import Light
from units.face.around import form_field

register = template.Library()


TEXT_FIELD = """<div id="f-{0}">
  {1}
  <div data-part="found:{0}">{2}</div>
  <div data-part="conflict:{0}">{3}</div>
</div>"""


@register.simple_tag
def form_text(page: FormPage, field: BoundField, hint: str = "", counter: int = 0) -> SafeString:
    """One text field of the form, its findings with their answers, its conflict. Without a
    template: the form has twenty of them, and of few anything is to be said.
    """
    found = page.by_field.get(field.name, [])
    findings = format_html_join("", "{}", ((number_finding(page, each),) for each in found))
    drawn = form_field(field, hint, counter)
    return format_html(TEXT_FIELD, field.name, drawn, findings, conflict_note(page, field))


@register.simple_tag
def number_finding(page: FormPage, finding: Finding) -> SafeString:
    """A finding, with the sentence that answers it."""
    shown = {"finding": finding, "answer": page.answers.get(finding.key)}
    return render_to_string("progress/filing/_finding.html", shown)


@register.simple_tag
def conflict_note(page: FormPage, field: BoundField) -> str:
    """What another person saved in this field meanwhile, if so."""
    conflict = page.conflicts.get(field.name)
    if conflict is None:
        return ""
    shown = {"conflict": conflict, "field": field, **_theirs(conflict)}
    return render_to_string("progress/filing/_conflict.html", shown)


def _theirs(conflict: Conflict) -> dict[str, Any]:
    """The other person's value: as it is read, as a field holds it, and the mark of having seen
    it.
    """
    raw = typed(conflict.theirs)
    return {
        "theirs": _printed(conflict),
        "raw": ("1" if raw else "") if isinstance(raw, bool) else raw,
        "mark": mark(conflict.theirs),
    }


def _printed(conflict: Conflict) -> str:
    """The other person's value as a page prints it."""
    if conflict.theirs is None:
        return ""
    theirs = conflict.theirs
    if isinstance(theirs, bool):
        return "已勾选" if theirs else "未勾选"
    if isinstance(theirs, Decimal):
        return text.number(theirs)
    if isinstance(theirs, date):
        return text.day(theirs)
    if conflict.key == "proposed_light" and theirs in list(Light):
        return str(Light(theirs).label)
    return str(theirs)


@register.simple_tag
def neighbours(queue: Queue, report: ProgressReport) -> tuple[Any, Any]:
    """The reports before and behind `report` in the queue; None at an end."""
    return queue.neighbours(report.pk)


@register.simple_tag
def returned_before(queue: Queue, report: ProgressReport) -> ReportVersion | None:
    """The version that the office sent back last, of a report that waits again."""
    row = queue.find(report.pk)
    return row.returned if row is not None else None


@register.simple_tag
def said_of(version: ReportVersion, finding: Finding) -> str:
    """The unit's sentence about a warning."""
    return explanation_of(version, finding)


@register.simple_tag
def step_of(row: IndicatorRow) -> str:
    """The change since the last accepted figure, with its sign."""
    if row.reading is None or row.reading.value is None or row.previous is None:
        return "—"
    step = row.reading.value - row.previous
    return f"{'+' if step > 0 else ''}{text.number(step)}"


@register.simple_tag
def verified_fields(form: ReviewForm, row: IndicatorRow) -> tuple[BoundField, BoundField] | None:
    """The fields of 核定数 and its reason, for a figure of the version under review."""
    return form.figure_fields(row.reading)


@register.simple_tag
def accepted_files() -> str:
    """For the attribute `accept` of a field for files."""
    return ACCEPT


@register.filter
def said_before(look: Look, finding: Finding) -> str:
    """What the unit said of the same sentence in an earlier period."""
    return answer_before(look, finding)


register.filter("job_name", job_name)
register.filter("month_of", month_of)
register.filter("anchor_of", anchor_of)
