"""The form of a review: one form, two ways out. Whatever was typed comes back when it is
refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from huangshi_tasks.lib.text import number
from progress.checking.look import Look
from progress.contents.rows import IndicatorRow
from progress.models import Reading
from progress.states import Light
from units.face.fields import TOO_LONG_COUNTED, line_field
from units.face.number_field import NumberField

DIGEST_LENGTH, REASON_LENGTH = 500, 300
STANDARD_REASONS = (
    "数据与上期不衔接",
    "缺少佐证材料",
    "进展笼统，无量化",
    "未说明上期下一步工作完成情况",
    "未达计划原因不明",
    "口径与统计部门不一致",
)
RETURNING = {"standard", "reason", "first_was_empty"}
ASK_REASON = "请选择或填写退回原因。"
UNCLEAR = "已选择或填写退回原因：退回请点“确认退回”，通过请先清空。"
ASK_FIGURE = "请填写核定数；不核定的，请清空依据。"
ASK_WHY = "请写明核定依据。"
ASK_LIGHT = "请选择状态；不更改的，请清空原因。"
ASK_LIGHT_REASON = "更改状态须说明原因。"
OVERRIDES = (Light.AHEAD, Light.ON_PACE, Light.SLOW, Light.LATE, Light.NOT_STARTED)


def _text(label: str, length: int, rows: int) -> forms.CharField:
    return line_field(
        label,
        length,
        required=False,
        rows=rows,
        too_long=TOO_LONG_COUNTED,
        attrs={"aria-label": label},
    )


class ReviewForm(forms.Form):
    """Each of the version's own figures may get a 核定数.

    Its fields are named by indicator and unit, so that what was typed survives a new version.
    """

    is_returning = False

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

    def __init__(self, data: Any = None, *, look: Look, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.readings: dict[int, Reading] = {}
        if not look.report.is_main:  # the light is the item's, judged by its main report
            del self.fields["override_light"], self.fields["override_reason"]
        own = look.version.pk if look.version is not None else None
        for row in look.rows.indicators:
            reading = row.reading
            if reading is not None and reading.version_id == own:
                self._add_figure(row, reading)

    def _add_figure(self, row: IndicatorRow, reading: Reading) -> None:
        name = f"{row.unit or ''}{row.indicator.name}"
        unit = row.indicator.unit_of_measure
        field = NumberField(label=f"{name}核定数", unit=unit, may_be_negative=True)
        filed = "" if reading.value is None else number(reading.value)
        field.widget.attrs |= {"aria-label": f"{name}核定数", "placeholder": filed}
        why = _text(f"{name}核定依据", 200, 1)
        why.widget.attrs["placeholder"] = "核定依据"
        self.readings[reading.pk] = reading
        self.fields[f"verified:{_place(reading)}"] = field
        self.fields[f"why:{_place(reading)}"] = why

    def figure_fields(self, reading: Reading | None) -> tuple[BoundField, BoundField] | None:
        """核定数 and its reason, for a figure of the version under review."""
        if reading is None or reading.pk not in self.readings:
            return None
        return self[f"verified:{_place(reading)}"], self[f"why:{_place(reading)}"]

    def show_again(self, typed: Mapping[str, Any]) -> None:
        """What was typed with a 通过 that was taken back (`HeldAcceptance.typed`)."""
        for name in ("digest", "next_digest", "override_light", "override_reason"):
            self.initial[name] = typed[name]
        for pk, (figure, why) in typed["verified"].items():
            if (reading := self.readings.get(int(pk))) is not None:
                self.initial[f"verified:{_place(reading)}"] = Decimal(figure)
                self.initial[f"why:{_place(reading)}"] = why

    def clean(self) -> dict[str, Any]:
        if self.is_returning:
            self._clean_for_return()
        else:
            self._clean_for_acceptance()
        return self.cleaned_data

    def _clean_for_return(self) -> None:
        """Only the reason counts; what was begun for print does not stand in the way."""
        for name in set(self.errors) - RETURNING:
            del self.errors[name]
        if not self.errors and not self.reason_for_return():
            self.add_error("reason", ASK_REASON)

    def _clean_for_acceptance(self) -> None:
        if not RETURNING & set(self.errors) and self.reason_for_return():
            self.add_error("reason", UNCLEAR)
        for place in map(_place, self.readings.values()):
            self._both(f"verified:{place}", ASK_FIGURE, f"why:{place}", ASK_WHY)
        if "override_light" in self.fields:
            self._both("override_light", ASK_LIGHT, "override_reason", ASK_LIGHT_REASON)

    def _both(self, value: str, ask_value: str, why: str, ask_why: str) -> None:
        """Neither without the other."""
        has_value = self.cleaned_data.get(value) not in (None, "")
        has_why = bool(self.cleaned_data.get(why))
        if has_value and not has_why and not self.has_error(why):
            self.add_error(why, ask_why)
        if has_why and not has_value and not self.has_error(value):
            self.add_error(value, ask_value)

    @property
    def verified(self) -> dict[int, tuple[Decimal, str]]:
        """Reading id → (核定数, why)."""
        return {
            pk: (figure, self.cleaned_data[f"why:{_place(reading)}"])
            for pk, reading in self.readings.items()
            if (figure := self.cleaned_data[f"verified:{_place(reading)}"]) is not None
        }

    @property
    def override(self) -> dict[str, str]:
        """The office's own light with its reason; nothing where the report carries no light."""
        names = ("override_light", "override_reason")
        return {name: self.cleaned_data.get(name, "") for name in names}

    def reason_for_return(self) -> str:
        """Standard reasons and the own words, one text; empty when nothing was said."""
        said = [*self.cleaned_data.get("standard", []), self.cleaned_data.get("reason", "")]
        parts = [part for one in said if (part := one.strip("。； \r\n"))]
        return "；".join(parts) + "。" if parts else ""


def _place(reading: Reading) -> str:
    return f"{reading.indicator_id}:{reading.unit_id or ''}"
