"""Forms of the naming desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from huangshi_tasks.lib import text
from tasks.naming.desk import DeskRow
from units.face.fields import UnitsChoiceField, day_field, reason_field
from units.models import Unit


class NamingForm(forms.Form):
    """Units, by tick or as in another item, from a day, perhaps until a day."""

    units = UnitsChoiceField(
        Unit.objects.none(),
        label="单位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "所选单位已停用或不存在，请刷新页面。",
            "invalid_pk_value": "所选单位已停用或不存在，请刷新页面。",
            "invalid_list": "请在列出的单位中选择。",
        },
    )
    same_as = forms.ChoiceField(
        label="与其他事项相同",
        required=False,
        error_messages={"invalid_choice": "请在列出的事项中选择。"},
    )
    starts_on = day_field("起始日期", "请填写起始日期。")
    ends_on = day_field("终止日期", "", required=False)
    reason = reason_field("依据", "", required=False)

    def __init__(
        self, data: Any = None, *, day: date, models: Sequence[DeskRow] = (), **kwargs: Any
    ) -> None:
        super().__init__(data, initial={"starts_on": day}, **kwargs)
        field = self.fields["units"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Unit.objects.current(day)
        self.models = {str(row.designation.pk): row for row in models}
        same = self.fields["same_as"]
        assert isinstance(same, forms.ChoiceField)
        same.choices = [("", "不套用"), *((pk, _named(row)) for pk, row in self.models.items())]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        like = self.models.get(cleaned.get("same_as") or "")
        chosen = list(cleaned.get("units") or [])
        chosen += [unit for unit in (like.units if like else []) if unit not in chosen]
        if not chosen and not self.errors:
            self.add_error("units", "请选择单位，或选择一个已明确的事项。")
        cleaned["units"] = chosen
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "终止日期不能早于起始日期。")
        return cleaned


def _named(row: DeskRow) -> str:
    names = "、".join(text.full_width(unit.name) for unit in row.units[:4])
    more = "等" if len(row.units) > 4 else ""
    return f"{row.designation.task.code}“{row.designation.printed}”：{names}{more}"
