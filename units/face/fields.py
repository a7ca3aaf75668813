"""Form fields that every app uses: a day, a line, a reason, units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django import forms

from huangshi_tasks.lib import clock
from huangshi_tasks.lib.days import NOT_A_DAY
from huangshi_tasks.lib.text import full_width
from units.face.day_field import DayField
from units.models import Unit

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
REASON_LENGTH = 300
TOO_LONG = "不超过%(limit_value)d字，请删减。"
TOO_LONG_COUNTED = "不超过%(limit_value)d字，现在%(show_value)d字，请删减。"


def day_field(
    label: str, ask: str = "", *, required: bool = True, is_past: bool = False
) -> forms.DateField:
    """A day that arithmetic can be done with; `ask` says what to write when it is missing,
    `is_past`: of what has happened already.
    """
    return DayField(
        label=label,
        required=required,
        widget=_day_input(),
        validators=[_in_our_time, *([_not_in_future(label)] if is_past else [])],
        error_messages={
            "required": ask or f"请填写{label}。",
            "invalid": f"请按“2022-08-05”的格式填写{label}。",
        },
    )


def picked_day_field(label: str, ask: str = "", *, has_end: bool = False) -> forms.DateField:
    """A day whose bounds only the browser's calendar knows. Required where `ask` says what to
    write.
    """
    bounds = {"min": "2000-01-01"} | ({"max": "2100-12-31"} if has_end else {})
    return DayField(
        label=label,
        required=bool(ask),
        widget=_day_input(**bounds),
        error_messages={"required": ask, "invalid": NOT_A_DAY},
    )


def _day_input(**bounds: str) -> forms.DateInput:
    return forms.DateInput({"type": "date", **bounds}, format="%Y-%m-%d")


def _in_our_time(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise forms.ValidationError("请填写2000年至2099年之间的日期。")


def _not_in_future(label: str) -> Callable[[date], None]:
    def check(day: date) -> None:
        if day > clock.today():
            raise forms.ValidationError(f"{label}不能晚于今天。")

    return check


def line_field(
    label: str,
    length: int,
    ask: str = "",
    *,
    required: bool = True,
    rows: int = 1,
    hint: str = "",
    too_long: str = TOO_LONG,
    is_cut: bool = True,
    attrs: Mapping[str, object] | None = None,
) -> forms.CharField:
    """A line, or an area of `rows` lines; `too_long` is said with the limit.

    `is_cut`: the browser takes no more than the limit, and cuts what is pasted without a word.
    """
    area = {} if rows == 1 else {"rows": rows}
    field = forms.CharField(
        label=label,
        required=required,
        max_length=length,
        widget=(forms.Textarea if area else forms.TextInput)({**area, **(attrs or {})}),
        help_text=hint,
        error_messages={"required": ask, "max_length": too_long},
    )
    if not is_cut:
        del field.widget.attrs["maxlength"]
    return field


def counted_field(label: str, length: int, ask: str = "", *, rows: int = 3) -> forms.CharField:
    """A text of which nothing is cut: too much is told with how much it is. Required where `ask`
    says what to write.
    """
    return line_field(
        label,
        length,
        ask,
        required=bool(ask),
        rows=rows,
        too_long=TOO_LONG_COUNTED,
        is_cut=False,
    )


def reason_field(label: str, ask: str, *, required: bool = True) -> forms.CharField:
    """A sentence; `ask` says what to write."""
    return line_field(label, REASON_LENGTH, ask, required=required, rows=2)


class UnitChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """One unit; its name with full-width brackets, as on every page."""

    def label_from_instance(self, obj: Unit) -> str:
        return full_width(str(obj))


class UnitsChoiceField(
    forms.ModelMultipleChoiceField  # type: ignore[type-arg]  # not generic at run time
):
    """Several units."""

    def label_from_instance(self, obj: Unit) -> str:
        return full_width(str(obj))
