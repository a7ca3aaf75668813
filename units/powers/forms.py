"""The forms in which what was asked for is checked again when it is confirmed, and the reason of a
refusal.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.forms.models import model_to_dict

from units.models import Appointment, PowerKind, PowerRequest, User
from units.people.admin_forms import AppointmentForm, UserForm


class AskedAppointmentForm(AppointmentForm):
    class Meta:
        model = Appointment
        fields = (
            "user",
            "role",
            "unit",
            "post",
            "is_head",
            "stands_in_for",
            "starts_on",
            "ends_on",
        )


class AskedAccountForm(UserForm):
    class Meta:
        model = User
        fields = (
            "username",
            "display_name",
            "telephone",
            "email",
            "is_active",
            "must_change_password",
        )


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label="理由", max_length=200, error_messages={"required": "请填写不同意的理由。"}
    )


def values_of(form: forms.ModelForm[Any]) -> dict[str, Any]:
    """What the form would change, or all of a new row, as it is kept until it is confirmed."""
    names = form.changed_data if form.instance.pk is not None else list(form.cleaned_data)
    return {name: _kept(form.cleaned_data[name]) for name in names}


def asked_form(asked: PowerRequest) -> forms.ModelForm[Any]:
    """The row as it is now, with what was asked for."""
    row: models.Model | None = asked.appointment
    kind: type[AskedAppointmentForm | AskedAccountForm] = AskedAppointmentForm
    if asked.kind == PowerKind.CHANGE_ACCOUNT:
        row, kind = asked.user, AskedAccountForm
    by_whom = type(kind.__name__, (kind,), {"actor_id": asked.asked_by_id})
    now = model_to_dict(row, fields=kind.Meta.fields) if row is not None else {}
    form: forms.ModelForm[Any] = by_whom({**now, **asked.values}, instance=row)
    return form


def _kept(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value
