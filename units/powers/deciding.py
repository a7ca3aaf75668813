"""The second person: confirming, refusing, taking back, lapsing; and confirming on the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction

from units import log
from units.actors import Actor
from units.errors import NotNow
from units.factors.acts import take_away
from units.guard import sessions
from units.log.saved_forms import record_saved
from units.models import PowerKind, PowerRequest, PowerState, User
from units.people.accounts import give_first_password
from units.permissions import require
from units.powers import notices, rules
from units.powers.forms import asked_form

GONE = "该事项已经办理、撤回或作废，请刷新页面。"
STALE = "现在不能按提出的内容办理：{why}请由提出人撤回后重新提出。"
TOO_EARLY = "{day:%Y-%m-%d}起才能在服务器上确认，此前请由另一名系统管理员或审计员在系统中确认。"
NAMELESS = "请写明由谁确认。"


@dataclass(frozen=True)
class _By:
    """Who confirms: a person in the system, or a name on the server."""

    name: str
    actor: Actor | None


@transaction.atomic
def confirm(*, asked: PowerRequest, actor: Actor, now: datetime) -> str:
    """Carry out what was asked; returns a first password that the confirmer hands over, if there is
    one. Raises `Refused`, and `NotNow` where it is over or no longer fits.
    """
    locked = _lock(asked, now, lambda row: require(rules.can_confirm(actor, row)))
    password = _carry_out(locked, _By(actor.name, actor), now)
    _decide(locked, PowerState.CONFIRMED, actor=actor, name=actor.name, reason="", now=now)
    notices.tell_decided(locked, now)
    return password


@transaction.atomic
def confirm_on_server(*, asked: PowerRequest, name: str, now: datetime) -> str:
    """By whoever runs the server, when nobody did within three working days; told to all."""
    if not name.strip():
        raise NotNow(NAMELESS)
    locked = _lock(asked, now)
    if now.date() < locked.server_from:
        raise NotNow(TOO_EARLY.format(day=locked.server_from))
    by = f"服务器管理人员{name.strip()}"
    password = _carry_out(locked, _By(by, None), now)
    reason = "在服务器上运行confirm"
    _decide(locked, PowerState.CONFIRMED, actor=None, name=by, reason=reason, now=now)
    notices.tell_all(locked, now)
    return password


@transaction.atomic
def refuse(*, asked: PowerRequest, reason: str, actor: Actor, now: datetime) -> None:
    """不同意; nothing is changed."""
    locked = _lock(asked, now, lambda row: require(rules.can_confirm(actor, row)))
    _decide(locked, PowerState.REFUSED, actor=actor, name=actor.name, reason=reason, now=now)
    notices.tell_decided(locked, now)


@transaction.atomic
def withdraw(*, asked: PowerRequest, actor: Actor, now: datetime) -> None:
    locked = _lock(asked, now, lambda row: require(rules.can_withdraw(actor, row)))
    _decide(locked, PowerState.WITHDRAWN, actor=actor, name=actor.name, reason="", now=now)
    notices.tell_decided(locked, now)


def lapse_all(*, now: datetime) -> int:
    """What nobody confirmed in five working days is over; how many. Safe to run twice."""
    late = PowerRequest.objects.filter(state=PowerState.WAITING, last_on__lt=now.date())
    for each in late:
        with transaction.atomic():
            row = PowerRequest.objects.select_for_update().get(pk=each.pk)
            if row.state == PowerState.WAITING:
                _decide(row, PowerState.LAPSED, actor=None, name="", reason="", now=now)
                notices.tell_decided(row, now)
    return len(late)


def _lock(
    asked: PowerRequest, now: datetime, allow: Callable[[PowerRequest], None] | None = None
) -> PowerRequest:
    """The row, still open; permission is asked before state."""
    row = PowerRequest.objects.select_for_update(of=("self",)).select_related(
        "user", "asked_by", "appointment__user", "appointment__unit", "appointment__post"
    )
    locked = row.get(pk=asked.pk)
    if allow is not None:
        allow(locked)
    if not locked.is_open(now.date()):
        raise NotNow(GONE)
    return locked


def _carry_out(asked: PowerRequest, by: _By, now: datetime) -> str:
    """A first password, where there is one."""
    reason = f"{asked.asked_by_name}提出，{by.name}确认"
    told = f"{asked.asked_by_name}提出、{by.name}确认，"
    user = User.objects.select_for_update().get(pk=asked.user_id)
    given: dict[str, Any] = {"by": told, "actor": by.actor, "reason": reason, "now": now}
    if asked.kind == PowerKind.RESET_PASSWORD:
        return give_first_password(user=user, **given)
    if asked.kind == PowerKind.RESET_FACTOR:
        take_away(user=user, **given)
        return ""
    is_first = asked.kind == PowerKind.APPOINT and not rules.holds_power(user, now.date())
    form = asked_form(asked)
    if not form.is_valid():
        raise NotNow(STALE.format(why=_first_problem(form)))
    form.save()
    record_saved(
        form,
        is_new=asked.kind == PowerKind.APPOINT,
        actor=by.actor,
        now=now,
        reason=reason,
    )
    if asked.kind == PowerKind.CHANGE_ACCOUNT and not form.instance.is_active:
        sessions.end_others(user, None)
    # Who made the account knows its password: with a first power it opens to nobody who did.
    if is_first and user.has_usable_password():
        return give_first_password(user=user, **given)
    return ""


def _first_problem(form: forms.ModelForm[Any]) -> str:
    return str(next(iter(form.errors.values()))[0])


def _decide(
    row: PowerRequest,
    state: PowerState,
    *,
    actor: Actor | None,
    name: str,
    reason: str,
    now: datetime,
) -> None:
    row.state, row.reason = state, reason[:200]
    row.decided_by = actor.user if actor is not None else None
    row.decided_by_name, row.decided_at = name[:120], now
    row.save(update_fields=["state", "reason", "decided_by", "decided_by_name", "decided_at"])
    second = f"，{name}{_DONE[state]}" if name else ""
    who = f"（{row.asked_by_name}提出{second}）"
    log.record(
        actor=actor,
        action=f"powerrequest.{_ACTIONS[state]}",
        subject=row,
        summary=f"{PowerState(state).label}{who}：{row}",
        changes={"state": [PowerState.WAITING, state]},
        reason=reason,
        now=now,
    )


_DONE = {
    PowerState.CONFIRMED: "确认",
    PowerState.REFUSED: "不同意",
    PowerState.WITHDRAWN: "撤回",
    PowerState.LAPSED: "",
}
_ACTIONS = {
    PowerState.CONFIRMED: "confirm",
    PowerState.REFUSED: "refuse",
    PowerState.WITHDRAWN: "withdraw",
    PowerState.LAPSED: "lapse",
}
