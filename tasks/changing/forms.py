"""Forms of 计划调整: whose decision it is, a wording mended, cycle, visibility, a number added."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from tasks.changing.added_indicators import NewIndicator
from tasks.changing.authority import Decision
from tasks.changing.forms_indicator import IndicatorForm
from tasks.models import Cycle, Responsibility, ResponsibilityRole, Task, Visibility
from units.face.fields import day_field, line_field, reason_field
from units.files.upload_fields import file_field
from units.files.uploads import checked_upload
from units.http import Request
from units.models import Appointment, Role, User

TEXT_LENGTH, TITLE_LENGTH = 2000, 16
NOT_LISTED = "请在列出的内容中选择。"
CHOICE_ERRORS = {
    "required": "请选择。",
    "invalid_choice": NOT_LISTED,
    "invalid_pk_value": NOT_LISTED,
    "invalid_list": NOT_LISTED,
}


class DecisionForm(forms.Form):
    """By whom, when, on which paper, with its scan."""

    decided_by = line_field("批准人或会议", 60, "请填写批准人或会议。")
    decided_on = day_field("批准日期")
    authority = line_field("依据", 200, "请填写依据，如会议纪要文号。")
    scan = file_field("批准件扫描件", required=False)

    def decision(self, request: Request) -> Decision:
        """What the cleaned fields say; the scan is judged here. Raises `NotNow`."""
        cleaned = self.cleaned_data
        scan = checked_upload(request, cleaned["scan"])
        return Decision(cleaned["decided_by"], cleaned["decided_on"], cleaned["authority"], scan)


class MendForm(DecisionForm):
    """The new words, why, and on whose authority."""

    text = line_field("修订后的任务内容", TEXT_LENGTH, "请填写修订后的任务内容。", rows=4)
    short_title = line_field("短标题", TITLE_LENGTH, "请填写短标题。")
    reason = reason_field("修订原因", "请填写修订原因。")
    field_order = ("text", "short_title", "reason", "decided_by", "decided_on", "authority", "scan")

    def __init__(self, data: Any = None, files: Any = None, *, task: Task) -> None:
        words = {"text": task.words, "short_title": task.short_title}
        super().__init__(data, files, initial=words)


class CycleForm(forms.Form):
    """How often it reports, and why that changes."""

    cycle = forms.ChoiceField(label="报送频次", choices=Cycle, error_messages=CHOICE_ERRORS)
    reason = reason_field("原因", "请填写原因。")


class VisibilityForm(forms.Form):
    """知悉范围, with those who may know of a restricted item."""

    visibility = forms.ChoiceField(
        label="知悉范围", choices=Visibility, error_messages=CHOICE_ERRORS
    )
    readers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="指定知悉人",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOICE_ERRORS,
    )
    reason = reason_field("原因", "请填写原因。")

    def __init__(self, data: Any = None, *, task: Task, day: date) -> None:
        named = task.named_readers.all()
        super().__init__(data, initial={"visibility": task.visibility, "readers": named})
        held = Appointment.objects.on(day).filter(role__in=(Role.LEADER, Role.OBSERVER))
        field = self.fields["readers"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = User.objects.filter(pk__in=held.values("user_id"))


class NumberForm(IndicatorForm, DecisionForm):
    """增加指标: one number, from when on, and on whose authority."""

    starts_on = day_field("起始日期")
    field_order = (*IndicatorForm.base_fields, "starts_on", *DecisionForm.base_fields)

    def __init__(self, data: Any = None, files: Any = None, *, task: Task, day: date) -> None:
        # of these `write_indicators` takes who leads on the day that is typed
        held = Responsibility.objects.not_over(day).filter(task=task, is_primary=False)
        leads = held.exclude(role=ResponsibilityRole.SUPPORT).select_related("unit")
        units = [row.unit for row in leads]
        super().__init__(data, files, units=units, prefix="number", initial={"starts_on": day})

    @property
    def indicator(self) -> NewIndicator:
        return NewIndicator(**{name: self.cleaned_data[name] for name in IndicatorForm.base_fields})
