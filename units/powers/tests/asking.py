"""Acts on powers as the administrator asks for them, for the tests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from units.actors import Actor
from units.models import Appointment, PowerRequest, User
from units.powers import acts
from units.powers.forms import AskedAccountForm, AskedAppointmentForm

NOW = datetime.fromisoformat("2022-08-03T09:00:00+08:00")  # a Wednesday


def actor(user: User) -> Actor:
    return Actor(user, Appointment.objects.filter(user=user).order_by("pk")[0])


def ask_appointment(by: User, user: User, role: str, **fields: Any) -> PowerRequest | None:
    """The request that waits; None where it stands."""
    data = {"user": user.pk, "role": role, "starts_on": date(2022, 8, 1), **fields}
    form = type("By", (AskedAppointmentForm,), {"actor_id": by.pk})(data)
    assert form.is_valid(), form.errors
    return acts.save(form, actor=actor(by), now=NOW)


def ask_change(by: User, user: User, **fields: Any) -> PowerRequest | None:
    user = User.objects.get(pk=user.pk)
    stands = {name: getattr(user, name) for name in AskedAccountForm.Meta.fields}
    form = type("By", (AskedAccountForm,), {"actor_id": by.pk})({**stands, **fields}, instance=user)
    assert form.is_valid(), form.errors
    return acts.save(form, actor=actor(by), now=NOW)
