"""The form of 补报."""

from __future__ import annotations

from django import forms

from units.face.fields import day_field, reason_field


class ReopenForm(forms.Form):
    """补报: why, and until when."""

    reason = reason_field("补报原因", "请填写补报原因。")
    until = day_field("补报期限")
