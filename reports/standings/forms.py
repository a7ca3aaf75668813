"""Forms of 单位推进情况: of which day, the weights, the approval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from huangshi_tasks.lib import text
from reports.standings.weights import MOST
from reports.stats.facts import KINDS
from units.face.number_field import NumberField
from units.files import approval_form

FINEST = Decimal("0.1")


class DayForm(forms.Form):
    """拟定: the 数据截至 of a 定稿."""

    day = forms.TypedChoiceField(
        label="数据截至",
        coerce=date.fromisoformat,
        error_messages={
            "required": "请选择数据截至日期。",
            "invalid_choice": "请选择一个已定稿、尚未拟定的日期。",
        },
    )

    def __init__(self, *args: Any, days: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["day"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(day.isoformat(), f"{day.year}年{text.day(day)}") for day in days]


class WeightsForm(forms.Form):
    """Points of each kind, 0 to 100."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, word in KINDS.items():
            self.fields[kind] = NumberField(label=word)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for kind in KINDS:
            if self.has_error(kind):
                continue
            points = cleaned.get(kind)
            if points is None:
                self.add_error(kind, "请填写扣分，不扣的填0。")
            elif points > MOST:
                self.add_error(kind, f"每项最多扣{MOST}分。")
            elif points != points.quantize(FINEST):
                self.add_error(kind, "小数最多1位。")
        return cleaned


class ApprovalForm(approval_form.ApprovalForm):
    """登记批准; `shown` names the figures that were on the page."""

    shown = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
