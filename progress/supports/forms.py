"""Forms of 征询配合单位: the question, and the answer in one text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from units.face.fields import UnitsChoiceField, counted_field, picked_day_field
from units.models import Unit


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
    question = counted_field("请提供的内容", 300, "请写明需要对方提供什么。", rows=2)
    due_on = picked_day_field("答复期限", "请填写答复期限。", has_end=True)

    def __init__(self, data: Any = None, *, choices: Sequence[Unit], due_on: date) -> None:
        super().__init__(data, initial={"due_on": due_on})
        field = self.fields["units"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in choices])


class AnswerForm(forms.Form):
    """One text."""

    answer = counted_field("答复", 500, "请填写答复内容。")
