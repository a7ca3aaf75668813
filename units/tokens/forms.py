"""申请接口令牌."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from huangshi_tasks.lib.client_address import networks
from units.face.day_field import DayField
from units.face.fields import line_field
from units.models import Scope

LONGEST = timedelta(days=366)
NO_NETWORK = "“{typed}”不是IP地址或网段，请按“10.1.2.3”或“10.1.0.0/16”填写，多个用逗号分开。"
TOO_WIDE = "“{typed}”等于不限来源，请填写对方服务器的地址。"


class AskForm(forms.Form):
    """For which system, what it may, from where, until when."""

    name = line_field("系统名称", 40, "请填写系统名称。", hint="如：统计局数据平台")
    purpose = line_field("用途", 200, "请填写用途。", hint="读取什么，用在哪里")
    scopes = forms.MultipleChoiceField(
        label="权限",
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一项权限。", "invalid_choice": "请选择列出的权限。"},
    )
    addresses = line_field(
        "来源地址", 300, "请填写对方服务器的地址。", hint="IP地址或网段，多个用逗号分开"
    )
    expires_on = DayField(
        label="有效期至",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "请填写有效期。",
            "invalid": "请按“2027-01-01”的格式填写日期。",
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_addresses(self) -> list[str]:
        typed = self.cleaned_data["addresses"].replace("，", ",")
        found = [each.strip() for each in typed.split(",") if each.strip()]
        for each in found:
            self._look_at(each)
        return found

    def _look_at(self, typed: str) -> None:
        try:
            (network,) = networks([typed])
        except ValueError:
            raise forms.ValidationError(NO_NETWORK.format(typed=typed)) from None
        if isinstance(network, str):
            raise forms.ValidationError(NO_NETWORK.format(typed=typed))
        if not network.prefixlen:
            raise forms.ValidationError(TOO_WIDE.format(typed=typed))

    def clean_expires_on(self) -> date:
        day: date = self.cleaned_data["expires_on"]
        if not self.today <= day <= self.today + LONGEST:
            raise forms.ValidationError("有效期自今天起不超过一年，请修改日期。")
        return day
