"""The fields of a number that a decision gives to an item, alone and as rows of a new item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from huangshi_tasks.lib.figures import trimmed
from tasks.changing.added_indicators import NewIndicator
from tasks.models import Comparator, IndicatorKind
from units.face.fields import UnitChoiceField, line_field
from units.face.number_field import NumberField, may_follow
from units.models import Unit

ROWS = 3  # rows of a new item; more are added on the item's own page
NAME_LENGTH, MEASURE_LENGTH, DEFINITION_LENGTH = 80, 20, 300


class IndicatorForm(forms.Form):
    """One number. `may_be_empty`: a row of which nothing was typed is no number."""

    name = line_field("指标名称", NAME_LENGTH, required=False, hint="如“改造道路”，不写数字")
    unit_of_measure = line_field(
        "计量单位", MEASURE_LENGTH, required=False, hint="如“公里”“万元”“%”"
    )
    kind = forms.ChoiceField(
        label="类型",
        choices=IndicatorKind,
        initial=IndicatorKind.CUMULATIVE,
        error_messages={"required": "请选择类型。", "invalid_choice": "请选择累计或比率。"},
        help_text="累计按序时比较；比率与目标直接比较",
    )
    comparator = forms.ChoiceField(
        label="目标表述",
        choices=Comparator,
        initial=Comparator.GE,
        error_messages={"required": "请选择目标表述。", "invalid_choice": "请从列出的表述中选择。"},
    )
    value = NumberField(label="目标值", may_be_negative=True)
    upper = NumberField(label="上限", may_be_negative=True, help_text="目标表述为区间的填写")
    tracks_start = forms.BooleanField(label="同时填报开工数", required=False)
    definition = line_field("口径", DEFINITION_LENGTH, required=False, hint="怎样计数，可不填")
    unit = UnitChoiceField(
        Unit.objects.none(),
        label="填报单位",
        required=False,
        empty_label="汇总牵头单位",
        error_messages={"invalid_choice": "请从牵头单位中选择。"},
    )

    def __init__(
        self, *args: Any, units: Iterable[Unit], may_be_empty: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.may_be_empty = may_be_empty
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        if self.is_bound:
            typed = trimmed(str(self["unit_of_measure"].data or ""))
            may_follow(self, typed, "value", "upper")

    @property
    def is_blank(self) -> bool:
        """Nothing was typed into it."""
        typed = ("name", "unit_of_measure", "value", "upper", "definition")
        return self.is_bound and not any(str(self[name].value() or "").strip() for name in typed)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.may_be_empty and self.is_blank:
            self.errors.clear()  # what else was chosen in the row says nothing
            return cleaned
        asked = {
            "name": "请填写指标名称。",
            "unit_of_measure": "请填写计量单位。",
            "value": "请填写目标值。",
        }
        for name, ask in asked.items():
            if cleaned.get(name) in (None, "") and not self.has_error(name):
                self.add_error(name, ask)
        self._clean_range(cleaned)
        return cleaned

    def _clean_range(self, cleaned: dict[str, Any]) -> None:
        value, upper = cleaned.get("value"), cleaned.get("upper")
        is_range = cleaned.get("comparator") == Comparator.BETWEEN
        if is_range and upper is None and not self.has_error("upper"):
            self.add_error("upper", "目标表述为区间的，请填写上限。")
        elif not is_range and upper is not None:
            self.add_error("upper", "只有区间目标填写上限；其他的请清空。")
        elif value is not None and upper is not None and upper <= value:
            self.add_error("upper", "上限须大于目标值。")
        if value is not None and value <= 0 and cleaned.get("kind") == IndicatorKind.CUMULATIVE:
            self.add_error("value", "累计指标的目标值须大于0。")

    @property
    def indicator(self) -> NewIndicator:
        return NewIndicator(**self.cleaned_data)


def rows_of_numbers(data: Any, units: Iterable[Unit]) -> list[IndicatorForm]:
    """The rows of a new item; those of which nothing was typed say nothing."""
    known = list(units)
    return [
        IndicatorForm(data, units=known, may_be_empty=True, prefix=f"number{place}")
        for place in range(1, ROWS + 1)
    ]
