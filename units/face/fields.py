"""Form fields that every app uses: a day, a line, a reason, units."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from huangshi_tasks.lib import clock
from huangshi_tasks.lib.text import full_width
from units.models import Unit

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
REASON_LENGTH = 300


def day_field(
    label: str, ask: str = "", *, required: bool = True, is_past: bool = False, **kwargs: Any
) -> forms.DateField:
    """A day that arithmetic can be done with; `ask` says what to write when it is missing,
    `is_past`: of what has happened already.
    """
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        validators=[_in_our_time, *([_not_in_future(label)] if is_past else [])],
        error_messages={
            "required": ask or f"请填写{label}。",
            "invalid": f"请按“2022-08-05”的格式填写{label}。",
        },
        **kwargs,
    )


def _in_our_time(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise forms.ValidationError("请填写2000年至2099年之间的日期。")


def _not_in_future(label: str) -> Callable[[date], None]:
    def check(day: date) -> None:
        if day > clock.today():
            raise forms.ValidationError(f"{label}不能晚于今天。")

    return check


def line_field(
    label: str, length: int, ask: str = "", *, required: bool = True, rows: int = 1, hint: str = ""
) -> forms.CharField:
    """A line, or an area of `rows` lines; too much is told with the limit."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=length,
        widget=forms.TextInput() if rows == 1 else forms.Textarea({"rows": rows}),
        help_text=hint,
        error_messages={"required": ask, "max_length": f"不超过{length}字，请删减。"},
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
