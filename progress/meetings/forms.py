"""The forms of a 调度会: opening it, what it decides, sending that."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from progress.matters.fields import UnitField, file_field, text_field
from progress.models import MeetingBasis
from tasks.models import Area, Plan, PortfolioKind
from units.city.words import said
from units.face.fields import day_field
from units.models import Post, PostKind

CHOOSE = "请从列表中选择。"


class AreaField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """One area by its short name."""

    def label_from_instance(self, obj: Area) -> str:
        return obj.called


class MeetingForm(forms.Form):
    """开一次调度会: when, on whose items."""

    title = text_field("会议名称", "请填写会议名称。", length=60)
    held_on = day_field("会议日期", "请填写会议日期。")
    post = forms.ModelChoiceField(
        Post.objects.none(),
        required=False,
        empty_label="不限",
        error_messages={"invalid_choice": CHOOSE},
    )
    area = AreaField(
        Area.objects.none(),
        label="方面",
        required=False,
        empty_label="不限",
        error_messages={"invalid_choice": CHOOSE},
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_charge = Post.objects.filter(
            kind=PostKind.CITY_LEADER, retired_on=None, portfolios__kind=PortfolioKind.IN_CHARGE
        )
        self.fields["post"].queryset = in_charge.distinct()  # type: ignore[attr-defined]
        self.fields["post"].label = said("分管市领导")
        self.fields["area"].queryset = plan.areas.all()  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """议定事项, as it is said."""

    text = text_field("议定内容", "请写明议定的内容。", length=300, rows=3)
    due_on = day_field("完成时限", "请填写完成时限。")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["unit"] = UnitField(today=today, label="责任单位", ask="请选择责任单位。")

    def clean_due_on(self) -> date:
        due: date = self.cleaned_data["due_on"]
        if due < self.today:
            raise forms.ValidationError("完成时限不能早于今天。")
        return due


class SendForm(forms.Form):
    """全部交办: on which paper."""

    basis = forms.ChoiceField(
        label="依据类别",
        choices=MeetingBasis.choices,
        error_messages={"required": "请选择依据类别。", "invalid_choice": CHOOSE},
    )
    authority = text_field(
        "依据",
        "请写明纪要的文号，或会议记录的日期和编号。",
        length=100,
        hint="如“专题会议纪要〔2022〕8号”",
    )
    scan = file_field("扫描件")
