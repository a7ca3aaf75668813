"""The form of a day that differs from the calendar library."""

from __future__ import annotations

from django import forms

from units.face.day_field import DayField
from units.face.fields import line_field


class CalendarDayForm(forms.Form):
    """One day that differs from the calendar."""

    day = DayField(
        label="日期",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "请填写日期。",
            "invalid": "请按“2027-01-01”的格式填写日期。",
        },
    )
    is_worked = forms.TypedChoiceField(
        label="安排",
        choices=[("0", "休息"), ("1", "上班（调休）")],
        coerce=lambda value: value == "1",
        error_messages={
            "required": "请选择休息或上班。",
            "invalid_choice": "请选择休息或上班。",
        },
    )
    source = line_field(
        "依据",
        120,
        "请填写依据。",
        hint="如：国务院办公厅关于2027年部分节假日安排的通知",
        too_long="依据不超过120字，请删减。",
    )
