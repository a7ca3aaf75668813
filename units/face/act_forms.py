"""The small form of one act, and what a small form has to say."""

from __future__ import annotations

from django import forms

from units.face.fields import reason_field


class ReasonForm(forms.Form):
    """Why: of a return, a correction, a filing without signature."""

    reason = reason_field("原因", "请填写原因。")


def first_error(form: forms.Form) -> str:
    """The first sentence that a small form has to say."""
    return next(str(errors[0]) for errors in form.errors.values())
