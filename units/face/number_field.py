"""A figure as people type it: full-width digits, thousands separators, spaces and units of
space.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from huangshi_tasks.lib.text import plain

DECIMALS = 4
LIMIT = Decimal(10) ** 14  # DECIMAL(18, 4)
NOT_A_NUMBER = "请填写数字，如 163.98，不带单位和文字。"
TOO_FINE = "小数最多4位，请四舍五入后填写。"
NEGATIVE = "不能填负数，请核对。"
TOO_LARGE = "数字过大，请核对计量单位。"


class NumberField(forms.CharField):
    """Cleans to a `Decimal`, or None when blank; what was typed stays in the field."""

    widget = forms.TextInput

    def __init__(self, *, may_be_negative: bool = False, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=40, **kwargs)
        self.may_be_negative = may_be_negative
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        self.error_messages["max_length"] = TOO_LARGE

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        number = number_of(str(text)) if text else None
        if number is not None and number < 0 and not self.may_be_negative:
            raise forms.ValidationError(NEGATIVE)
        return number

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return plain(value)
        return value


def number_of(text: str) -> Decimal:
    """The figure that `text` means. Raises ValidationError with what to do."""
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-")
    plain = re.sub(r"[\s,\u3001\uff0c']", "", plain)
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", plain, re.ASCII):
        raise forms.ValidationError(NOT_A_NUMBER)
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise forms.ValidationError(NOT_A_NUMBER) from None
    if abs(number) >= LIMIT:
        raise forms.ValidationError(TOO_LARGE)
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > DECIMALS:
        raise forms.ValidationError(TOO_FINE)
    return number
