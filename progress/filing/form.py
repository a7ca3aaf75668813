"""The form of a report. Its field names are the keys of `progress.filing.drafts`, cleaned to domain
values.

Only what was posted is saved; of checkboxes an absent one means no, when the form itself was sent.
A field that cannot be read keeps what was typed, the others are saved all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from progress.checking.findings import Finding
from progress.checking.look import Look
from progress.contents.listing import prefilled
from progress.contents.promises import STATES, Promise
from progress.contents.rows import IndicatorRow, MilestoneRow
from progress.contents.values import values_of
from progress.contents.versions import default_data_as_of
from progress.lights.facts import PROPOSABLE
from tasks.models import IndicatorKind
from units.city.words import said_later
from units.face.fields import counted_field, picked_day_field
from units.face.number_field import NumberField

TEXT_LENGTH = 500
ASKED_WHEN_SENT = "explanation:copied."  # of a finding that only a submission looks for


def name_of(row: IndicatorRow) -> str:
    """What a number is called in the labels of its fields."""
    return f"{row.unit or ''}{row.indicator.name}"


def figure_fields(row: IndicatorRow) -> dict[str, NumberField]:
    """Column → field of the figures of one number: 累计完成, and 累计开工 where it is filed."""
    is_rate = row.indicator.kind == IndicatorKind.RATE
    name = name_of(row)
    unit = row.indicator.unit_of_measure
    fields = {"value": NumberField(label=f"{name}累计完成", unit=unit, may_be_negative=is_rate)}
    if row.indicator.tracks_start:
        fields["started"] = NumberField(label=f"{name}累计开工", unit=unit)
    return fields


def _defaults(look: Look, today: date) -> dict[str, Any]:
    """What a form shows before the first save: the same as the first version will have."""
    return {"data_as_of": default_data_as_of(look.report, today)}


class DraftForm(forms.Form):
    """Texts are fixed fields; numbers, milestones and explanations come from the report's rows."""

    progress = counted_field("进展情况", TEXT_LENGTH, rows=5)
    problems = counted_field("存在问题", TEXT_LENGTH)
    next_steps = counted_field("下一步工作安排", TEXT_LENGTH)
    no_progress = forms.BooleanField(label="本期无新进展", required=False)
    no_progress_reason = counted_field("无新进展的原因", 300, rows=1)
    coordination = counted_field(said_later("需市政府协调解决的问题"), TEXT_LENGTH, rows=2)
    coordination_lead = counted_field("建议牵头单位", 60, rows=1)
    coordination_by = picked_day_field("希望解决时间", has_end=True)
    proposed_light = forms.ChoiceField(
        label="建议状态",
        required=False,
        choices=[("", "未选择"), *[(str(light), light.label) for light in PROPOSABLE]],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "请从列出的状态中选择。"},
    )
    light_reason = counted_field("未达序时进度的原因", TEXT_LENGTH)
    note = counted_field("给审核人的说明", 300, rows=1)
    data_as_of = picked_day_field("数据截至", has_end=True)
    is_estimate = forms.BooleanField(label="含预计数", required=False)

    def __init__(self, data: Any = None, *, look: Look, today: date) -> None:
        initial = values_of(look.version) or _defaults(look, today)
        rows = look.rows
        listed = prefilled(rows.indicators, initial, is_main=rows.is_main)
        super().__init__(data, initial=initial | listed)
        self.report, self.today = look.report, today
        if not look.report.period.takes_estimates:
            del self.fields["is_estimate"]
        for row in look.rows.indicators:
            self._add_number(row)
        for step in look.rows.milestones:
            self._add_step(step)
        for promise in look.promises:
            self._add_answer(promise)
        self.add_explanations(look.findings)
        for name in data or ():
            if name.startswith(ASKED_WHEN_SENT) and name not in self.fields:
                self._add(name, counted_field("说明", 200, rows=1))

    def _add_answer(self, promise: Promise) -> None:
        """上期下一步: how one announced step went."""
        what = f"“{promise.line}”"
        choice = forms.ChoiceField(
            label=f"{what}完成情况",
            required=False,
            choices=[("", "请选择"), *STATES],
            error_messages={"invalid_choice": "请选择已完成或未完成。"},
        )
        self._add(promise.prefix + "state", choice)
        note = counted_field(f"{what}说明", 200, rows=1)
        note.widget.attrs["placeholder"] = "未完成的，写原因和新的完成时间"
        self._add(promise.prefix + "note", note)

    def _add_number(self, row: IndicatorRow) -> None:
        if not row.is_editable:
            return
        name = name_of(row)
        for column, field in figure_fields(row).items():
            self._add(row.prefix + column, field)
        self._add(row.prefix + "blank_reason", counted_field(f"{name}未填原因", 200, rows=1))
        self._add(row.prefix + "source", counted_field(f"{name}数据来源", 120, rows=1))
        if row.previous is not None:
            self._add(
                row.prefix + "is_correction",
                forms.BooleanField(label="更正上期数据", required=False),
            )

    def _add_step(self, step: MilestoneRow) -> None:
        if not step.is_editable:
            return
        self._add(
            step.prefix + "done_on", picked_day_field(f"{step.milestone}完成日期", has_end=True)
        )
        self._add(step.prefix + "note", counted_field(f"{step.milestone}说明", 200, rows=1))

    def add_explanations(self, findings: Iterable[Finding]) -> None:
        """A field for each warning: one sentence that the reviewer sees."""
        for finding in findings:
            if not finding.is_blocking:
                self._add(f"explanation:{finding.key}", counted_field("说明", 200, rows=1))

    def _add(self, name: str, field: forms.Field) -> None:
        field.widget.attrs.setdefault("aria-label", str(field.label))
        self.fields[name] = field

    def clean_data_as_of(self) -> Any:
        """Not after the period's date: the figures are judged there."""
        day = self.cleaned_data.get("data_as_of")
        if day is not None and day > self.report.period.data_as_of:
            raise forms.ValidationError("数据截至日期不能晚于本期数据截至日期。")
        return day

    def values(self) -> dict[str, Any]:
        """What was posted and could be read: draft key → domain value."""
        self.full_clean()
        was_sent = "base" in self.data
        return {
            name: self.cleaned_data[name]
            for name, field in self.fields.items()
            if name in self.cleaned_data
            and (name in self.data or (was_sent and isinstance(field, forms.BooleanField)))
        }

    def shown_again(self, look: Look, keep: Iterable[str]) -> DraftForm:
        """The form after a save: the fields `keep` as they were typed, all others as stored, so
        that the next save does not bring back what somebody else has changed.
        """
        stored = DraftForm(look=look, today=self.today)
        data = {name: stored[name].value() for name in stored.fields}
        typed = {name: self.data.get(name) for name in keep}
        return DraftForm(data | typed, look=look, today=self.today)
