"""Forms of 征询配合单位: the question, and the answer in one text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from units.face.fields import UnitsChoiceField
from units.models import Unit

DAY_WIDGET = {"type": "date", "min": "2000-01-01", "max": "2100-12-31"}


class AskForm(forms.Form):
    """To which of the supporting units, what, and until when."""

    units = UnitsChoiceField(
        Unit.objects.none(),
        label="配合单位",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "请选择要征询的配合单位。",
            "invalid_choice": "只能征询本事项的配合单位，请重新选择。",
            "invalid_pk_value": "只能征询本事项的配合单位，请重新选择。",
            "invalid_list": "请选择要征询的配合单位。",
        },
    )
    question = forms.CharField(
        label="请提供的内容",
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        error_messages={
            "required": "请写明需要对方提供什么。",
            "max_length": "不超过300字，现在%(show_value)d字，请删减。",
        },
    )
    due_on = forms.DateField(
        label="答复期限",
        widget=forms.DateInput(DAY_WIDGET, format="%Y-%m-%d"),
        error_messages={
            "required": "请填写答复期限。",
            "invalid": "请按“2022-08-05”的格式填写日期。",
        },
    )

    def __init__(self, data: Any = None, *, choices: Sequence[Unit], due_on: date) -> None:
        super().__init__(data, initial={"due_on": due_on})
        del self.fields["question"].widget.attrs["maxlength"]
        field = self.fields["units"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in choices])


class AnswerForm(forms.Form):
    """One text."""

    answer = forms.CharField(
        label="答复",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": "请填写答复内容。",
            "max_length": "不超过500字，现在%(show_value)d字，请删减。",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["answer"].widget.attrs["maxlength"]
