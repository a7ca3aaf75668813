"""The form of 责任督查员."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from tasks.changing.forms import CHOICE_ERRORS
from tasks.models import Plan, Task
from units.face.fields import day_field
from units.models import Post, PostKind, Unit


class OfficerForm(forms.Form):
    """A post, for a unit or one item, from a day on."""

    post = forms.ModelChoiceField(
        Post.objects.filter(kind=PostKind.SUPERVISOR, retired_on__isnull=True),
        label="督查员职务",
        empty_label="请选择",
        error_messages=CHOICE_ERRORS | {"required": "请选择督查员职务。"},
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="负责的单位",
        required=False,
        empty_label="不按单位",
        error_messages=CHOICE_ERRORS,
    )
    task = forms.ModelChoiceField(
        Task.objects.none(),
        label="负责的事项",
        required=False,
        empty_label="不按事项",
        error_messages=CHOICE_ERRORS,
    )
    starts_on = day_field("起始日期", "请填写起始日期。")

    def __init__(self, data: Any = None, *, plan: Plan, day: date) -> None:
        super().__init__(data, initial={"starts_on": day})
        for name, rows in (
            ("unit", Unit.objects.current(day)),
            ("task", plan.tasks.select_related("plan")),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("unit")) == bool(cleaned.get("task")):
            self.add_error("unit", "请选择一个单位或一个事项，只选其一。")
        return cleaned
