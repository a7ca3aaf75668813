"""Small forms of one act each."""

from __future__ import annotations

from django import forms

REASON_LENGTH = 300
DAY_FORMAT = "请按“2022-08-05”的格式填写日期。"


def reason_field(label: str, ask: str, *, required: bool = True) -> forms.CharField:
    """A sentence; `ask` says what to write."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": ask, "max_length": f"不超过{REASON_LENGTH}字，请删减。"},
    )


def day_field(label: str, ask: str, *, required: bool = True) -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": ask, "invalid": DAY_FORMAT},
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = reason_field("原因", "请填写原因。")


def first_error(form: forms.Form) -> str:
    """The first sentence that a small form has to say."""
    return next(str(errors[0]) for errors in form.errors.values())
