"""Forms of 登录保护."""

from __future__ import annotations

from typing import Any

from django import forms

from huangshi_tasks.lib.fold import fold
from units.factors.acts import is_right, seed_of

SAVED = "请确认恢复码已打印或抄写。"
NOT_RIGHT = "口令不对，请输入现在显示的数字；手机或令牌的时间须与北京时间一致。"
STEPS, LENGTHS = [(30, "30秒"), (60, "60秒")], [(6, "6位"), (8, "8位")]


class CodeField(forms.CharField):
    """A code as people type it: in any width, with blanks."""

    def __init__(self, label: str, required: str, **kwargs: Any) -> None:
        words = {"required": required, "max_length": "口令过长，请检查。"}
        super().__init__(label=label, max_length=20, error_messages=words, **kwargs)
        self.widget.attrs |= {"autocomplete": "one-time-code", "autocapitalize": "characters"}

    def clean(self, value: Any) -> str:
        return fold(super().clean(value))


class ProveForm(forms.Form):
    """One code of whatever way the person has."""

    code = CodeField("动态口令", "请填写口令。")


class SavedForm(forms.Form):
    """That what is on the page is on paper too."""

    saved = forms.BooleanField(
        label="我已打印或抄写，交本单位保密柜存放，不存手机", error_messages={"required": SAVED}
    )


class DeviceForm(SavedForm):
    """`proved` is the step of time of the code that was typed, for the rule that it opens once."""

    code = CodeField("3. 输入验证器显示的6位数字", "请填写验证器显示的数字。")
    proved: int

    def __init__(self, *args: Any, seed: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seed = seed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("code"):
            self.prove(cleaned["code"], step=30, digits=6)
        return cleaned

    def prove(self, code: str, *, step: int, digits: int) -> None:
        proved = is_right(self.seed, code, step=step, digits=digits)
        if proved is None:
            self.add_error("code", NOT_RIGHT)
        else:
            self.proved = proved


class TokenForm(DeviceForm):
    """The seed comes with the token, on paper."""

    seed_typed = forms.CharField(
        label="令牌种子",
        max_length=100,
        error_messages={"required": "请填写令牌种子。", "max_length": "令牌种子过长，请检查。"},
        help_text="随令牌交付的十六进制或Base32字符。",
    )
    step = forms.TypedChoiceField(label="更换间隔", choices=STEPS, coerce=int, initial=30)
    digits = forms.TypedChoiceField(label="口令位数", choices=LENGTHS, coerce=int, initial=6)
    field_order = ("seed_typed", "step", "digits", "code", "saved")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "输入令牌显示的数字"
        self.fields["seed_typed"].widget.attrs["autocomplete"] = "off"

    def clean_seed_typed(self) -> str:
        try:
            return seed_of(self.cleaned_data["seed_typed"])
        except ValueError:
            raise forms.ValidationError("令牌种子不对，请按随令牌交付的字符填写。") from None

    def clean(self) -> dict[str, Any]:
        cleaned = forms.Form.clean(self) or self.cleaned_data
        if {"seed_typed", "step", "digits", "code"} <= cleaned.keys():
            self.seed = cleaned["seed_typed"]
            self.prove(cleaned["code"], step=cleaned["step"], digits=cleaned["digits"])
        return cleaned


class SheetForm(SavedForm):
    """The first code of the sheet proves that it was printed; it is crossed out by that."""

    code = CodeField("输入口令单上第1号口令", "请填写口令单上的第1号口令。")

    def __init__(self, *args: Any, first: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = first

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code.replace("-", "") != fold(self.first).replace("-", ""):
            raise forms.ValidationError("与口令单上的第1号口令不符，请核对。")
        return code
