"""The form of a review: one form, two ways out. Whatever was typed comes back when it is
refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from progress.lights import Light
from progress.models import Reading
from progress.number_field import NumberField

DIGEST_LENGTH, REASON_LENGTH = 500, 300
STANDARD_REASONS = (
    "数据与上期不衔接",
    "缺少佐证材料",
    "进展笼统，无量化",
    "未说明上期下一步工作完成情况",
    "未达计划原因不明",
    "口径与统计部门不一致",
)
ASK_REASON = "请选择或填写退回原因。"
TOO_LONG = "不超过%(limit_value)d字，现在%(show_value)d字，请删减。"
OVERRIDES = (Light.AHEAD, Light.ON_PACE, Light.SLOW, Light.LATE, Light.NOT_STARTED)


def _text(label: str, length: int, rows: int) -> forms.CharField:
    attrs: dict[str, object] = {"aria-label": label}
    widget = forms.Textarea(attrs | {"rows": rows}) if rows > 1 else forms.TextInput(attrs)
    return forms.CharField(
        label=label,
        required=False,
        max_length=length,
        widget=widget,
        error_messages={"max_length": TOO_LONG},
    )


class ReviewForm(forms.Form):
    """`readings` are the version's own figures, which may get a 核定数 each."""

    digest = _text("采用稿", DIGEST_LENGTH, 4)
    next_digest = _text("采用稿·下一步", DIGEST_LENGTH, 3)
    override_light = forms.ChoiceField(
        label="认定状态",
        required=False,
        widget=forms.Select({"aria-label": "认定状态"}),
        choices=[("", "按系统判定"), *[(str(light), light.label) for light in OVERRIDES]],
        error_messages={"invalid_choice": "请从列出的状态中选择。"},
    )
    override_reason = _text("认定原因", REASON_LENGTH, 1)
    standard = forms.MultipleChoiceField(
        label="退回原因",
        required=False,
        choices=[(reason, reason) for reason in STANDARD_REASONS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "请从列出的原因中选择。"},
    )
    reason = _text("补充说明", REASON_LENGTH, 2)
    first_was_empty = forms.BooleanField(label="首次报送为空报，不计按时", required=False)

    def __init__(self, data: Any = None, *, readings: Iterable[Reading], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.readings = list(readings)
        for reading in self.readings:
            name = f"{reading.unit or ''}{reading.indicator.name}"
            field = NumberField(label=f"{name}核定数", may_be_negative=True)
            field.widget.attrs["aria-label"] = f"{name}核定数"
            self.fields[f"verified:{reading.pk}"] = field
            why = _text(f"{name}核定依据", 200, 1)
            why.widget.attrs["placeholder"] = "依据"
            self.fields[f"why:{reading.pk}"] = why

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        for reading in self.readings:
            figure, why = cleaned.get(f"verified:{reading.pk}"), cleaned.get(f"why:{reading.pk}")
            if figure is not None and not why:
                self.add_error(f"why:{reading.pk}", "请写明核定依据。")
        if cleaned.get("override_light") and not cleaned.get("override_reason"):
            self.add_error("override_reason", "更改状态须说明原因。")
        return cleaned

    @property
    def verified(self) -> dict[int, tuple[Decimal, str]]:
        """Reading id → (核定数, why)."""
        return {
            reading.pk: (figure, self.cleaned_data[f"why:{reading.pk}"])
            for reading in self.readings
            if (figure := self.cleaned_data[f"verified:{reading.pk}"]) is not None
        }

    def reason_for_return(self) -> str:
        """Standard reasons and the own words, one text; empty when nothing was said."""
        said = [*self.cleaned_data.get("standard", []), self.cleaned_data.get("reason", "")]
        return "；".join(part.strip("。； ") for part in said if part.strip()) + (
            "。" if any(part.strip() for part in said) else ""
        )
