"""A figure in a form or a cell: the grammar of `huangshi_tasks.lib.figures`, within the limits of a
column.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from huangshi_tasks.lib.figures import NotAFigure, figure_of
from huangshi_tasks.lib.text import plain

DECIMALS = 4
LIMIT = Decimal(10) ** 14  # DECIMAL(18, 4)
TOO_FINE = "小数最多{}位，请四舍五入后填写。"
NEGATIVE = "不能填负数，请核对。"
TOO_LARGE = "数字过大，请核对计量单位。"


class NumberField(forms.CharField):
    """Cleans to a `Decimal`, or None when blank; what was typed stays in the field.

    `unit` is the unit of measure, which may stand behind the figure.
    """

    widget = forms.TextInput

    def __init__(
        self,
        *,
        unit: str = "",
        decimals: int = DECIMALS,
        may_be_negative: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(required=False, max_length=40, **kwargs)
        self.unit, self.decimals, self.may_be_negative = unit, decimals, may_be_negative
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        self.error_messages["max_length"] = TOO_LARGE

    def clean(self, value: Any, unit: str = "") -> Any:
        """`unit` as above, for a field that many rows share."""
        text = super().clean(value)
        if not text:
            return None
        number = number_of(str(text), unit or self.unit, decimals=self.decimals)
        if number < 0 and not self.may_be_negative:
            raise forms.ValidationError(NEGATIVE)
        return number

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return plain(value)
        return value


def may_follow(form: forms.Form, unit: str, *names: str) -> None:
    """Let `unit` stand behind the figures of these fields, where only the form knows it."""
    for name in names:
        field = form.fields[name]
        assert isinstance(field, NumberField)
        field.unit = unit


def number_of(text: str, unit: str = "", *, decimals: int = DECIMALS) -> Decimal:
    """The figure that `text` means. Raises ValidationError with what to do."""
    try:
        number = figure_of(text, unit)
    except NotAFigure as problem:
        raise forms.ValidationError(str(problem)) from None
    if abs(number) >= LIMIT:
        raise forms.ValidationError(TOO_LARGE)
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > decimals:
        raise forms.ValidationError(TOO_FINE.format(decimals))
    return number
