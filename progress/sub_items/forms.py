"""The form of one 子项, and the fields above the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from tasks.models import SubItemStage
from tasks.sub_items.rules import mistakes
from units.face.fields import UnitChoiceField, line_field, picked_day_field, reason_field
from units.face.number_field import NumberField
from units.models import Unit


class SubItemForm(forms.Form):
    """One thing; `units` are those it may belong to, empty when that stands already."""

    unit = UnitChoiceField(
        label="实施单位",
        queryset=Unit.objects.none(),
        empty_label="请选择",
        error_messages={
            "required": "请选择实施单位。",
            "invalid_choice": "请从列出的单位中选择。",
        },
    )
    name = line_field("子项名称", 80, "请填写子项名称。", is_cut=False)
    stage = forms.ChoiceField(
        label="状态",
        choices=SubItemStage.choices,
        error_messages={
            "required": "请选择状态。",
            "invalid_choice": "状态只能是前期、在建或完工。",
        },
    )
    started_on = picked_day_field("开工日期")
    finished_on = picked_day_field("完工日期")
    invested = NumberField(label="累计完成投资（万元）", unit="万元", decimals=2)
    note = line_field("备注", 200, required=False, is_cut=False)

    def __init__(self, *args: Any, today: date, units: Sequence[Unit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["unit"]
        if not units:
            del self.fields["unit"]
        elif isinstance(field, forms.ModelChoiceField):
            field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
            field.initial = units[0].pk if len(units) == 1 else None

    def clean(self) -> dict[str, Any]:
        """The rules of a row, each at its field."""
        values: dict[str, Any] = self.cleaned_data
        invested: Decimal | None = values.get("invested")
        found = mistakes(
            stage=values.get("stage", ""),
            started_on=values.get("started_on"),
            finished_on=values.get("finished_on"),
            invested=invested,
            today=self.today,
        )
        for name, sentence in found.items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return values


class RetireForm(forms.Form):
    """停用: why."""

    reason = reason_field("停用原因", "请填写停用原因。")
