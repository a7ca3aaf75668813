"""One form for each act on a person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from huangshi_tasks.lib.telephones import mobile_in
from units.face.fields import day_field, line_field
from units.face.unit_picker import UnitPickField
from units.models import Appointment, Post, Role, Unit, User
from units.models.people import UNIT_ROLES

NO_UNIT = "联络员和单位负责人必须填写单位。"
NO_MOBILE = "请填写11位手机号，可以另加座机；收不到短信的人员漏看退回和催办。"
NAME = "请填写姓名。"
USERNAME = 150


def telephone_field() -> forms.CharField:
    return line_field("手机", 40, required=False, hint="11位，可另加座机")


class PostField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A post that is not retired, by those who hold one."""

    def __init__(self) -> None:
        super().__init__(
            Post.objects.filter(retired_on=None),
            label="职务",
            required=False,
            empty_label="没有",
            help_text="政府领导、责任督查员",
            error_messages={"invalid_choice": "该职务不存在或已停用，请重新选择。"},
        )


class AppointForm(forms.Form):
    """任职."""

    unit = UnitPickField(Unit.objects.none(), label="单位", required=False)
    role = forms.ChoiceField(
        label="角色",
        choices=[("", "请选择"), *Role.choices],
        error_messages={"required": "请选择角色。", "invalid_choice": "请选择角色。"},
    )
    post = PostField()
    is_head = forms.BooleanField(label="主要负责人", required=False)
    starts_on = day_field("起始日期")
    ends_on = day_field("结束日期", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, UnitPickField)
        current = Unit.objects.current(today)
        field.queryset = field.widget.units = current
        self.fields["starts_on"].initial = today
        self.fields["ends_on"].help_text = "可空，不限"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("role") in UNIT_ROLES and "unit" in cleaned and cleaned["unit"] is None:
            self.add_error("unit", NO_UNIT)
        return cleaned


class NewPersonForm(AppointForm):
    """新增人员: a person with the first appointment."""

    display_name = line_field("姓名", 40, NAME)
    telephone = telephone_field()
    username = line_field("账号", USERNAME, required=False, hint="留空自动生成")
    field_order = (
        "display_name",
        "unit",
        "role",
        "starts_on",
        "ends_on",
        "telephone",
        "username",
        "post",
        "is_head",
    )

    def clean_telephone(self) -> str:
        """Who is to be reached by short messages has a number that takes them."""
        typed: str = self.cleaned_data["telephone"]
        if typed and not mobile_in(typed):
            raise forms.ValidationError(NO_MOBILE)
        return typed


class EditForm(forms.Form):
    """资料."""

    display_name = line_field("姓名", 40, NAME)
    username = line_field("账号", USERNAME, "请填写账号。")
    telephone = telephone_field()
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=120,
        error_messages={"invalid": "电子邮箱格式不正确，请核对。"},
    )


class EndForm(forms.Form):
    """终止任职."""

    ends_on = day_field("最后一天")


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """One of the accounts in use."""

    def label_from_instance(self, obj: User) -> str:
        return f"{obj}（{obj.username}）"


class StandInForm(forms.Form):
    """代行."""

    user = PersonField(
        User.objects.filter(is_active=True).order_by("display_name", "username"),
        label="代行人",
        empty_label="请选择",
        error_messages={"required": "请选择代行人。", "invalid_choice": "请选择代行人。"},
    )
    starts_on = day_field("自哪天起")
    ends_on = day_field("到哪天止")


def stand_in_for(held: Appointment, data: Any = None) -> StandInForm:
    """Whoever may stand in for `held`: not the person."""
    form = StandInForm(data, auto_id="standin_%s")
    field = form.fields["user"]
    assert isinstance(field, forms.ModelChoiceField)
    assert field.queryset is not None
    field.queryset = field.queryset.exclude(pk=held.user_id)
    return form
