"""In front of every appointment, change of an account and reset: it stands at once, or it is asked
for and waits for a second person. Whoever writes a page or an import calls these, nothing behind.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.db import transaction

from units import log
from units.actors import Actor
from units.calendar.workdays import add_workdays
from units.errors import NotNow
from units.factors.acts import take_away
from units.log.saved_forms import changed_in, record_saved
from units.models import Appointment, PowerKind, PowerRequest, PowerState, User
from units.people.accounts import give_first_password
from units.permissions import require
from units.powers import notices, rules
from units.powers.forms import values_of

SERVER_AFTER, LAPSES_AFTER = 3, 5  # working days
ALONE = "单人：尚未任命审计员，没有第二人确认"
WAITS = "已提出，待另一名系统管理员或审计员确认后生效。"
OWN_RESET = "不能重置自己的账号，请由另一名系统管理员办理。"
OWN_FACTOR = "不能重置自己的登录保护，请由另一名系统管理员办理，或在服务器上运行reset_factor。"


class Reset(NamedTuple):
    """What became of a reset: the password, to be shown once, or the request that waits."""

    password: str = ""
    waits: PowerRequest | None = None


class _Asked(NamedTuple):
    kind: PowerKind
    user: User
    summary: str
    appointment: Appointment | None = None
    values: dict[str, Any] = {}  # never changed


@transaction.atomic
def save(form: forms.ModelForm[Any], *, actor: Actor, now: datetime) -> PowerRequest | None:
    """Save an account or an appointment by its valid form, with its entry in the log; or keep what
    the form says as a request, which is returned, and save nothing.
    """
    require(rules.can_ask(actor))
    asked = _asked_by(form, now)
    if asked is not None and rules.has_auditor():
        return _ask(asked, actor, now)
    is_new = form.instance.pk is None
    form.save()
    reason = ALONE if asked is not None else ""
    record_saved(form, is_new=is_new, actor=actor, now=now, reason=reason)
    if asked is not None:
        _stands_alone(asked, actor, now)
    return None


@transaction.atomic
def reset_password(*, user: User, actor: Actor, now: datetime) -> Reset:
    """A new first password for `user`. Raises `Refused`, and `NotNow` for the own account of whom
    two people decide: its owner changes the password by knowing it.
    """
    require(rules.can_ask(actor))
    asked = None
    if rules.holds_power(user, now.date()):
        if user.pk == actor.user.pk:
            raise NotNow(OWN_RESET)
        asked = _Asked(PowerKind.RESET_PASSWORD, user, f"重置密码：{_named(user)}")
        if rules.has_auditor():
            return Reset(waits=_ask(asked, actor, now))
    reason = ALONE if asked is not None else ""
    by = str(actor.user)
    password = give_first_password(user=user, by=by, actor=actor, reason=reason, now=now)
    if asked is not None:
        _stands_alone(asked, actor, now)
    return Reset(password)


@transaction.atomic
def reset_factor(*, user: User, actor: Actor, now: datetime) -> PowerRequest | None:
    """Of others: the own one is reset by another administrator. Returns the request that waits."""
    require(rules.can_ask(actor))
    if actor.user.pk == user.pk:
        raise NotNow(OWN_FACTOR)
    asked = None
    if rules.holds_power(user, now.date()):
        asked = _Asked(PowerKind.RESET_FACTOR, user, f"重置登录保护：{_named(user)}")
        if rules.has_auditor():
            return _ask(asked, actor, now)
    reason = ALONE if asked is not None else ""
    take_away(user=user, by=str(actor.user), actor=actor, reason=reason, now=now)
    if asked is not None:
        _stands_alone(asked, actor, now)
    return None


def _asked_by(form: forms.ModelForm[Any], now: datetime) -> _Asked | None:
    """The act of this form; None where one person does it."""
    row: User | Appointment = form.instance
    if isinstance(row, Appointment):
        if rules.watched().isdisjoint({row.role, form.initial.get("role")}):
            return None
        if not row._state.adding:
            kind, what = PowerKind.CHANGE_APPOINTMENT, f"修改任职（{row.label}）"
            return _Asked(kind, row.user, _told(what, row.user, form), row, values_of(form))
        until = f"至{row.ends_on:%Y-%m-%d}" if row.ends_on else "起"
        summary = f"任命{row.label}：{_named(row.user)}，{row.starts_on:%Y-%m-%d}{until}"
        return _Asked(PowerKind.APPOINT, row.user, summary, None, values_of(form))
    if row._state.adding or not changed_in(form) or not rules.holds_power(row, now.date()):
        return None
    held = User.objects.get(pk=row.pk)  # the form has changed the row's names already
    is_off = changed_in(form) == ["is_active"] and not row.is_active
    what = _named(held) if is_off else ""
    summary = f"停用账号：{what}" if is_off else _told("修改账号", held, form)
    return _Asked(PowerKind.CHANGE_ACCOUNT, held, summary, None, values_of(form))


def _told(what: str, user: User, form: forms.ModelForm[Any]) -> str:
    """修改任职（督查室）：张三（zhangsan），终止日期改为2022-08-31."""
    changed = [f"{form.fields[name].label}改为{_spelled(form, name)}" for name in changed_in(form)]
    return f"{what}：{_named(user)}，{'，'.join(changed)}"


def _spelled(form: forms.ModelForm[Any], name: str) -> str:
    value = form.cleaned_data[name]
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value) if value not in (None, "") else "空"


def _named(user: User) -> str:
    return f"{user}（{user.username}）"


def _ask(asked: _Asked, actor: Actor, now: datetime) -> PowerRequest:
    """Keep it for a second person; the same again is the one that waits already."""
    User.objects.select_for_update().get(pk=asked.user.pk)  # one at a time for a person
    waiting = PowerRequest.objects.filter(
        state=PowerState.WAITING, last_on__gte=now.date(), user=asked.user, kind=asked.kind
    )
    for each in waiting.filter(appointment=asked.appointment):
        if each.values == asked.values:
            return each
    made = _row(asked, PowerState.WAITING, actor, now)
    notices.tell_asked(made, now)
    log.record(
        actor=actor,
        action="powerrequest.ask",
        subject=made,
        summary=f"提出，待第二人确认：{made}",
        changes={"user": made.user_id, "kind": made.kind, **made.values},
        now=now,
    )
    return made


def _stands_alone(asked: _Asked, actor: Actor, now: datetime) -> None:
    """Kept too, so that an auditor finds what was done before there was one."""
    notices.tell_alone(_row(asked, PowerState.ALONE, actor, now), now)


def _row(asked: _Asked, state: PowerState, actor: Actor, now: datetime) -> PowerRequest:
    return PowerRequest.objects.create(
        kind=asked.kind,
        state=state,
        user=asked.user,
        appointment=asked.appointment,
        values=asked.values,
        summary=asked.summary[:300],
        asked_by=actor.user,
        asked_by_name=actor.name[:120],
        asked_at=now,
        server_from=add_workdays(now.date(), SERVER_AFTER + 1),
        last_on=add_workdays(now.date(), LAPSES_AFTER),
    )
