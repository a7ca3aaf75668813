"""What the administrator does for people: one function an act, each logged as it stands."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.db import transaction

from units.actors import Actor
from units.errors import NotNow
from units.imports.accounts import (
    AccountForm,
    EndedAppointmentForm,
    NewAccountForm,
    NewAppointmentForm,
    fresh,
)
from units.models import Appointment, Post, PowerRequest, Role, Unit, User
from units.people import accounts
from units.people.accounts import first_password, free_name
from units.people.admin_forms import AppointmentForm, is_over
from units.people.saved import NotSaved, checked, is_changed
from units.permissions import can_administer, require
from units.powers import acts as powers

Waits = PowerRequest | None  # what a second person has to confirm; None of what stands
IS_OVER = "该任职已经终止，不能再改。"
INACTIVE = "{user}的账号已停用，请先启用。"
TAKEN = "已有账号“{name}”，请另取一个，或留空自动生成。"
TWICE = "{unit}已有{user}任{role}，不再重复新增，请在该人员的页面办理。"


@transaction.atomic
def new_person(
    *,
    display_name: str,
    telephone: str,
    username: str,
    actor: Actor,
    now: datetime,
    **appointed: Any,
) -> tuple[User, str, Waits]:
    """An account with its first appointment, its first password, to be shown once, and what it
    waits for: whoever confirms it hands out another password. `appointed`: what `appoint` takes.
    Raises `NotSaved`.
    """
    require(can_administer(actor))
    _refuse_twice(display_name, appointed.get("unit"), appointed["role"], now.date())
    if username and User.objects.called(username) is not None:
        raise NotSaved({"username": [TAKEN.format(name=username)]})
    password = first_password()
    person = {
        "username": username or free_name(display_name),
        "display_name": display_name,
        "telephone": telephone,
        "email": "",
    }
    form = NewAccountForm(person, instance=fresh(password))
    _put(form, actor, now)
    user: User = form.instance
    return user, password, appoint(user=user, actor=actor, now=now, **appointed)


@transaction.atomic
def appoint(
    *,
    user: User,
    role: str,
    unit: Unit | None,
    starts_on: date,
    actor: Actor,
    now: datetime,
    ends_on: date | None = None,
    post: Post | None = None,
    is_head: bool = False,
    stands_in_for: Appointment | None = None,
) -> Waits:
    """`user` acts in `role` from `starts_on` on, or once it is confirmed. Raises `NotSaved`."""
    require(can_administer(actor))
    if not user.is_active:
        raise NotNow(INACTIVE.format(user=user))
    values = {
        "user": user.pk,
        "role": role,
        "unit": unit.pk if unit else None,
        "post": post.pk if post else None,
        "is_head": is_head,
        "stands_in_for": stands_in_for.pk if stands_in_for else None,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    return _put(_by(NewAppointmentForm, actor)(values), actor, now)


def stand_in(
    *, held: Appointment, user: User, starts_on: date, ends_on: date, actor: Actor, now: datetime
) -> Waits:
    """代行: `user` acts in the role and unit of `held` for a time. Raises `NotSaved`."""
    return appoint(
        user=user,
        role=held.role,
        unit=held.unit,
        stands_in_for=held,
        starts_on=starts_on,
        ends_on=ends_on,
        actor=actor,
        now=now,
    )


@transaction.atomic
def end(*, held: Appointment, ends_on: date, actor: Actor, now: datetime) -> Waits:
    """`ends_on` is the last day of it. Raises `NotSaved`, and `NotNow` of what is over."""
    require(can_administer(actor))
    locked = Appointment.objects.select_for_update(of=("self",)).get(pk=held.pk)
    if is_over(locked, now.date()):
        raise NotNow(IS_OVER)
    values = {"is_head": locked.is_head, "ends_on": ends_on}
    return _put(_by(EndedAppointmentForm, actor)(values, instance=locked), actor, now)


@transaction.atomic
def edit(*, user: User, actor: Actor, now: datetime, **person: str) -> Waits:
    """Name, account, telephone, mail. Raises `NotSaved`."""
    return _write(user, person, actor, now)


@transaction.atomic
def set_active(*, user: User, is_active: bool, actor: Actor, now: datetime) -> Waits:
    """停用, 启用: who is stopped comes in no more. Raises `NotSaved` of the own account."""
    return _write(user, {"is_active": is_active}, actor, now)


def reset(*, user: User, actor: Actor, now: datetime) -> powers.Reset:
    """A new first password, to be shown once; or what it waits for."""
    return powers.reset_password(user=user, actor=actor, now=now)


def reset_factor(*, user: User, actor: Actor, now: datetime) -> Waits:
    """登录保护 is to be set up anew."""
    return powers.reset_factor(user=user, actor=actor, now=now)


def unlock(*, user: User, actor: Actor, now: datetime) -> None:
    """The failed tries are forgotten."""
    accounts.unlock(user=user, actor=actor)


def _put(form: forms.ModelForm[Any], actor: Actor, now: datetime) -> Waits:
    """It stands and is logged, or waits for a second person. Raises `NotSaved`."""
    checked(form)
    return powers.save(form, actor=actor, now=now) if is_changed(form) else None


def _write(user: User, changed: dict[str, Any], actor: Actor, now: datetime) -> Waits:
    require(can_administer(actor))
    locked = User.objects.select_for_update().get(pk=user.pk)
    values = {name: getattr(locked, name) for name in AccountForm.Meta.fields}
    form = type(AccountForm.__name__, (AccountForm,), {"actor_id": actor.user.pk})
    return _put(form(values | changed, instance=locked), actor, now)


def _by(form: type[AppointmentForm], actor: Actor) -> type[AppointmentForm]:
    """The form, knowing who acts: nobody gives themselves a role."""
    return type(form.__name__, (form,), {"actor_id": actor.user.pk})


def _refuse_twice(name: str, unit: Unit | None, role: str, today: date) -> None:
    """One of the name holds this very role in this unit: it is the same person."""
    if unit is None:
        return
    same = Appointment.objects.not_over(today).filter(unit=unit, role=role)
    if same.filter(user__display_name=name, user__is_active=True).exists():
        said = TWICE.format(unit=unit, user=name, role=Role(role).label)
        raise NotSaved({"display_name": [said]})
