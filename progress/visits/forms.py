"""Forms of 核查: draw, choose, record, mend."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from progress.models import Reading, VisitFinding
from progress.visits.acts import Counted, filed_in_words
from progress.visits.draws import MOST, SEED_LENGTH, Pool
from progress.visits.item_picker import ItemPickField
from tasks.models import Plan
from units.face.fields import line_field, picked_day_field, reason_field
from units.face.number_field import NumberField, may_follow

LONGEST = 2000
KINDS = [("on_site", "现场核查"), ("papers", "资料核查")]


class DrawForm(forms.Form):
    """随机抽取."""

    pool = forms.ChoiceField(
        label="抽取范围",
        choices=Pool.choices,
        error_messages={"required": "请选择范围。", "invalid_choice": "请从列出的范围中选择。"},
    )
    how_many = forms.IntegerField(
        label="抽取数量",
        min_value=1,
        max_value=MOST,
        error_messages={
            "required": "请填写数量。",
            "invalid": "请填写整数。",
            "min_value": "至少抽1项。",
            "max_value": f"一次最多抽{MOST}项。",
        },
    )
    seed = line_field("抽取种子", SEED_LENGTH, required=False, is_cut=False)


class ChooseForm(forms.Form):
    """选定一项, by its number or words of its title."""

    because = reason_field("选定原因", "请写明选定该事项核查的原因。")

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"task": ItemPickField(plan), **self.fields}


class VisitForm(forms.Form):
    """What was found. `readings` are the accepted figures that a count may take the place of."""

    kind = forms.ChoiceField(
        label="核查方式",
        choices=KINDS,
        initial="on_site",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择核查方式。", "invalid_choice": "请选择核查方式。"},
    )
    visited_on = picked_day_field("核查日期", "请填写核查日期。")
    people = line_field("核查人员", 200, "请填写核查人员。", is_cut=False)
    finding = forms.ChoiceField(
        label="核查结论",
        choices=VisitFinding.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择核查结论。", "invalid_choice": "请选择核查结论。"},
    )
    text = line_field(
        "核查情况", LONGEST, "请写明核查情况：看了什么、与所报是否一致。", rows=5, is_cut=False
    )
    mend_by = picked_day_field("整改期限")
    reading = forms.ChoiceField(
        label="核定的数",
        required=False,
        error_messages={"invalid_choice": "请从列出的数中选择。"},
    )
    figure = NumberField(label="核查数")

    def __init__(self, *args: Any, readings: Iterable[Reading], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readings = {str(reading.pk): reading for reading in readings}
        field = self.fields["reading"]
        if isinstance(field, forms.ChoiceField):
            there = [(pk, filed_in_words(reading)) for pk, reading in self.readings.items()]
            field.choices = [("", "不核定"), *there]
        chosen = self.readings.get(str(self["reading"].data)) if self.is_bound else None
        if chosen is not None:
            may_follow(self, chosen.indicator.unit_of_measure, "figure")

    def clean(self) -> dict[str, Any]:
        """Figure and place belong together."""
        values: dict[str, Any] = self.cleaned_data
        reading = self.readings.get(values.pop("reading", "") or "")
        figure = values.pop("figure", None)
        if reading is not None and figure is None and "figure" not in self.errors:
            self.add_error("figure", "请填写核查数；不核定的，请选“不核定”。")
        elif reading is None and figure is not None:
            self.add_error("reading", "请选择核查数核定的是哪个数。")
        elif reading is not None and figure is not None:
            values["counted"] = Counted(reading.indicator, reading.unit, figure)
        return values


class MendForm(forms.Form):
    """登记整改."""

    mended_on = picked_day_field("整改完成日期", "请填写整改完成日期。")
    note = line_field("整改情况", LONGEST, "请写明整改情况。", rows=3, is_cut=False)
