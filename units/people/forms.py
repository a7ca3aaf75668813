"""Forms of people: logging in, changing the password, switching 当前身份."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from units.actors import appointments_of
from units.models import Appointment
from units.people.validators import MAX_LENGTH

WRONG = "账号或密码错误。连续5次输错后须等待，忘记密码请联系系统管理员重置。"
RUN_OUT = "初始密码已过期（72小时内有效），请联系系统管理员重新生成。"
INACTIVE = "该账号已停用，请联系系统管理员。"


RULES = (
    "至少{least}个字符，含大写字母、小写字母、数字、符号中的至少三类；"
    "不能含有用户名，不能主要由键盘顺序、年份、单位或城市名称组成，不能与最近用过的5个相同。"
)


class LoginForm(AuthenticationForm):
    """Says what to do, and no more about which of the two was wrong."""

    error_messages = {"invalid_login": WRONG, "inactive": INACTIVE}
    username = forms.CharField(
        label="账号", max_length=150, error_messages={"required": "请填写账号。"}
    )
    password = forms.CharField(
        label="密码",
        max_length=MAX_LENGTH,  # what a new password may have: nobody locks themselves out
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": "请填写密码。", "max_length": "密码过长，请检查。"},
    )


class OwnPasswordForm(PasswordChangeForm):
    """Three fields in our words; the rules are those of `units.people.validators`."""

    error_messages = {
        "password_incorrect": "原密码不正确，请重新填写。",
        "password_mismatch": "两次填写的新密码不一致，请重新填写。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "old_password": "原密码",
            "new_password1": "新密码",
            "new_password2": "再次填写新密码",
        }
        for name, word in words.items():
            field = self.fields[name]
            field.label = word
            field.error_messages["required"] = f"请填写{word.removeprefix('再次填写')}。"
        new = self.fields["new_password1"]
        new.help_text = RULES.format(least=settings.PASSWORD_LENGTH)
        new.widget.attrs["data-strength"] = settings.PASSWORD_LENGTH
        self.fields["new_password2"].help_text = ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        old, new = cleaned.get("old_password"), cleaned.get("new_password1")
        if old and old == new:
            self.add_error("new_password1", "新密码不能与原密码相同。")
        return cleaned


class SwitchForm(forms.Form):
    """One of the person's own current appointments, no other."""

    appointment = forms.ModelChoiceField(
        Appointment.objects.none(),
        error_messages={
            "required": "请选择要切换的身份。",
            "invalid_choice": "该身份不存在或已终止，请重新选择。",
        },
    )

    def __init__(self, *args: Any, user: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [appointment.pk for appointment in appointments_of(user, day)]
        field = self.fields["appointment"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Appointment.objects.filter(pk__in=own)
