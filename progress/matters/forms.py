"""The forms of 交办事项 and 督办单: registering the one, drafting the other, answering either, and
the small forms of each act.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from progress.matters.fields import ItemsField, UnitField, UnitsField, file_field, text_field
from progress.models import COLOUR_MEANS, InstructionSource, OrderColour, Urgency
from tasks.models import Plan, Visibility
from units.face.fields import day_field, reason_field
from units.models import Appointment, Post, PostKind, Role, User

LONGEST_TEXT, LONGEST_ANSWER, LONGEST_ORDER = 2000, 3000, 1500


class RegisterForm(forms.Form):
    """登记交办事项, on behalf of whoever handed it out."""

    source = forms.ChoiceField(
        label="来源",
        choices=InstructionSource.choices,
        error_messages={"required": "请选择来源。", "invalid_choice": "请从列表中选择来源。"},
    )
    title = text_field("事项", "请用一句话写明事项。", length=60, hint="一事一登，不超过60字")
    text = text_field("原文", "请照录批示或议定事项原文。", length=LONGEST_TEXT, rows=4)
    post = forms.ModelChoiceField(
        Post.objects.none(),
        label="批示职务",
        required=False,
        empty_label="请选择",
        help_text="批示须选择",
        error_messages={"invalid_choice": "批示职务请从列表中选择。"},
    )
    decided_by = text_field(
        "会议或交办人", "", length=60, required=False, hint="批示可不填；会议写会议名称"
    )
    decided_on = day_field("交办日期", "请填写交办日期。")
    paper = text_field("批示载体", "", length=120, required=False, hint="批在什么文件上")
    urgency = forms.ChoiceField(
        label="缓急",
        choices=[(Urgency.ORDINARY, "一般（15个工作日）"), (Urgency.URGENT, "急件（5个工作日）")],
        error_messages={"required": "请选择缓急。", "invalid_choice": "请从列表中选择缓急。"},
    )
    due_on = day_field("办理期限", "", required=False)
    visibility = forms.ChoiceField(
        label="知悉范围",
        choices=[
            (Visibility.NORMAL, "一般"),
            (Visibility.RESTRICTED, "限定（承办单位、指定领导）"),
        ],
        error_messages={"required": "请选择知悉范围。", "invalid_choice": "请从列表中选择。"},
    )
    named_readers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="指定知悉人",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "指定知悉人请从列表中选择。",
            "invalid_pk_value": "指定知悉人请从列表中选择。",
        },
    )
    scan = file_field("批示扫描件")

    def __init__(self, *args: Any, plan: Plan, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        fields = self.fields
        leaders = Appointment.objects.on(today).filter(role=Role.LEADER)
        fields["post"].queryset = Post.objects.filter(  # type: ignore[attr-defined]
            kind=PostKind.CITY_LEADER, retired_on=None
        )
        fields["named_readers"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            pk__in=leaders.values("user")
        )
        fields["lead"] = UnitField(today=today, label="承办单位", ask="请选择承办单位。")
        fields["co_units"] = UnitsField(
            today=today, label="协办单位", hint="简称也可，多个单位之间用顿号；没有的不填"
        )
        fields["tasks"] = ItemsField(
            plan=plan, label="相关事项", hint="写编号，如“17、实事3”；没有的不填"
        )
        fields["due_on"].help_text = "不填的按缓急计算"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        is_written = data.get("source") == InstructionSource.WRITTEN
        post, given = data.get("post"), data.get("decided_by", "")
        if is_written and post is None and "post" not in self.errors:
            self.add_error("post", "请选择是哪位领导（职务）的批示。")
        if data.get("source") and not is_written and not given:
            self.add_error("decided_by", "请写明会议名称、督查名称或提出单位。")
        data["decided_by"] = given or (post.title if post else "")
        decided_on, due_on = data.get("decided_on"), data.get("due_on")
        if decided_on and decided_on > self.today:
            self.add_error("decided_on", "交办日期不能晚于今天。")
        if due_on and due_on < self.today:
            self.add_error("due_on", "办理期限不能早于今天。")
        return data


class AnswerForm(forms.Form):
    """办理情况, with a file."""

    text = text_field("办理情况", "请填写办理情况。", length=LONGEST_ANSWER, rows=6)
    file = file_field("佐证材料")


class ReturnForm(forms.Form):
    """退回重办: why, and until when."""

    reason = reason_field("退回原因", "请写明哪里需要重办。")
    due_on = day_field("重报期限", "请填写重报期限。")


class ConclusionForm(forms.Form):
    """办结: the office's opinion."""

    conclusion = text_field("办结意见", "请填写办结意见。", length=300, rows=2)


class ObjectionForm(forms.Form):
    """交办异议."""

    reason = reason_field("异议理由", "请写明不属于本单位职责的依据。")
    proposed_unit = text_field("建议承办单位", "", length=60, required=False)


class ExtensionForm(forms.Form):
    """延期申请."""

    reason = reason_field("延期理由", "请写明不能按期办结的原因。")
    wanted_on = day_field("申请延至", "请填写申请延至的日期。")


class ExtensionDecisionForm(forms.Form):
    """登记同意延期: by whom, when, on what, until when."""

    decided_by = text_field("批准人（职务）", "请写明由谁批准。", length=60)
    decided_on = day_field("批准日期", "请填写批准日期。")
    authority = text_field("依据", "请写明依据，如“批示件第3号”。", length=200)
    until = day_field("延至", "请填写延至的日期。")


class ObjectionDecisionForm(forms.Form):
    """同意异议: who carries it out instead."""

    note = reason_field("处理意见", "请填写处理意见。")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"] = UnitField(today=today, label="改由", ask="请选择新的承办单位。")


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
    text = text_field("督办事由", "请写明为什么督办。", length=LONGEST_ORDER, rows=4)
    requirement = text_field("办理要求", "请写明要求做什么、报什么。", length=LONGEST_ORDER, rows=4)
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
