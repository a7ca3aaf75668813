"""The forms of 督办单: the draft, the signature that is registered, the follow-up."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from progress.matter_fields import UnitField, file_field, text_field
from progress.models import COLOUR_MEANS, OrderColour
from units.fields import day_field
from units.models import Post, PostKind

LONGEST = 1500


def _colours() -> list[tuple[str, str]]:
    named = [(str(c), f"{c.label}（{COLOUR_MEANS[c]}）") for c in OrderColour]
    return [("", "不分类"), *named]


class OrderForm(forms.Form):
    """拟督办单: one matter per sheet; what it is on is in the address."""

    title = text_field("督办事项", "请写明督办事项。", length=60)
    colour = forms.ChoiceField(
        label="类别",
        required=False,
        choices=_colours(),
        error_messages={"invalid_choice": "类别请从列表中选择。"},
    )
    text = text_field("督办事由", "请写明为什么督办。", length=LONGEST, rows=4)
    requirement = text_field("办理要求", "请写明要求做什么、报什么。", length=LONGEST, rows=4)
    due_on = day_field("反馈期限", "请填写反馈期限。")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["unit"] = UnitField(today=today, label="承办单位", ask="请选择承办单位。")
        self.order_fields(["title", "unit", "colour", "text", "requirement", "due_on"])

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < self.today:
            raise forms.ValidationError("反馈期限不能早于今天。")
        return due_on


class SignForm(forms.Form):
    """登记签发: by which post, when, on what."""

    post = forms.ModelChoiceField(
        Post.objects.filter(
            kind__in=(PostKind.CITY_LEADER, PostKind.DEPUTY_SECRETARY), retired_on=None
        ),
        label="签发职务",
        required=False,
        empty_label="其他（在右侧写明）",
        error_messages={"invalid_choice": "签发职务请从列表中选择。"},
    )
    decided_by = text_field("签发人（职务）", "", length=60, required=False)
    decided_on = day_field("签发日期", "请填写签发日期。")
    authority = text_field("依据", "请写明签发依据，如“督办单签批件”。", length=200)
    scan = file_field("签批件扫描件")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        post = data.get("post")
        data["decided_by"] = data.get("decided_by") or (post.title if post else "")
        if not data["decided_by"]:
            self.add_error("decided_by", "请选择签发职务，或写明由谁签发。")
        return data


class FollowUpForm(forms.Form):
    """跟踪督办: what is still open, and when it is looked at again."""

    note = text_field("跟踪督办情况", "请写明还有哪些问题要跟踪。", length=300, rows=2)
    on = day_field("下次跟踪日期", "请填写下次跟踪日期。")
