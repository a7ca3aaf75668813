"""A day in a form or a cell: the grammar of `huangshi_tasks.lib.days`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from huangshi_tasks.lib.days import day_of


class DayField(forms.DateField):
    """A day however it is spelled; browsers post 2022-08-05."""

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str) and value.strip():
            day = day_of(value)
            if day is None:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
            return day
        return super().to_python(value)
