"""Forms of the admin, and the rules of 三权分立 for accounts and appointments."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm

from units.models import Appointment, Role, User

OWN_POWERS = "不能给自己的账号设置任职，请由另一名系统管理员办理。"
OWN_ACCOUNT = "不能停用自己的账号，请由另一名系统管理员办理。"
APART = "系统管理员、审计员不得兼任其他角色，请先终止该账号的其他任职，或另设账号。"
STAND_IN = "代行的任职须与被代行的任职角色相同、单位相同，且不是同一账号。"
SEPARATE_ROLES = frozenset({Role.ADMIN, Role.AUDITOR})


class NewUserForm(BaseUserCreationForm):  # type: ignore[type-arg]  # not at run time
    """The first password is the administrator's; the person must change it."""

    class Meta:
        model = User
        fields = ["username", "display_name", "telephone", "email"]


class UserForm(forms.ModelForm):  # type: ignore[type-arg]  # not at run time
    """An account as it stands. `actor_id` is set by the admin page."""

    actor_id: int | None = None

    def clean_is_active(self) -> bool:
        is_active: bool = self.cleaned_data["is_active"]
        if not is_active and self.instance.pk == self.actor_id:
            raise forms.ValidationError(OWN_ACCOUNT)
        return is_active


class DatedForm(forms.ModelForm):  # type: ignore[type-arg]  # not at run time
    """A row that is ended: what the page shows as fixed is checked against the new end too."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk:  # Django leaves out constraints on fields that are not in the form
            for name, value in cleaned.items():
                setattr(self.instance, name, value)
            self.instance.validate_constraints()
        return cleaned


class AppointmentForm(DatedForm):
    """Nobody gives themselves a role; who keeps accounts or reads the log does nothing else."""

    actor_id: int | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        values = {name: cleaned.get(name, getattr(self.instance, name, None)) for name in _RULED}
        user = cleaned.get("user") or (self.instance.user if self.instance.pk else None)
        if user is None or not values["role"] or not values["starts_on"]:
            return cleaned  # these have said so themselves
        if user.pk == self.actor_id:
            raise forms.ValidationError(OWN_POWERS)
        if _mixes_powers(user, self.instance.pk, values):
            raise forms.ValidationError(APART)
        if not _may_stand_in(user, values):
            self.add_error("stands_in_for", STAND_IN)
        return cleaned


_RULED = ("role", "unit", "starts_on", "ends_on", "stands_in_for")


def _mixes_powers(user: User, own_id: int | None, values: dict[str, Any]) -> bool:
    """Whether the account would hold a separate role beside another role at the same time."""
    others = Appointment.objects.not_over(values["starts_on"]).filter(user=user).exclude(pk=own_id)
    if values["ends_on"]:
        others = others.filter(starts_on__lte=values["ends_on"])
    roles = {*others.values_list("role", flat=True), values["role"]}
    return len(roles) > 1 and not roles.isdisjoint(SEPARATE_ROLES)


def _may_stand_in(user: User, values: dict[str, Any]) -> bool:
    """A stand-in has the very role and unit of the appointment it stands in for."""
    other: Appointment | None = values["stands_in_for"]
    if other is None:
        return True
    return (other.role, other.unit) == (values["role"], values["unit"]) and other.user_id != user.pk


def is_over(row: Any, today: date) -> bool:
    """Whether a dated row ended before today: it is closed and stays as it was."""
    return row is not None and not row.is_not_over(today)
