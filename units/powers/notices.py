"""Whom acts on powers are told: the person, the auditors, who asked, and whoever may confirm."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from units.guard.told import tell, tell_auditors
from units.models import Appointment, PowerRequest, Role, User
from units.people.accounts import NOT_YOU

ALL_OF_POWER = (Role.OFFICE, Role.ADMIN, Role.AUDITOR)


def tell_asked(asked: PowerRequest, now: datetime) -> None:
    """At once: the person, the auditors, and the other administrators."""
    text = f"{asked.asked_by_name}提出：{asked.summary}。"
    tell(asked.user, f"{text}由另一人确认后生效。{NOT_YOU}", now=now)
    link = reverse("units:powers")
    wanted = f"{text}请核实后确认或不同意，{asked.last_on:%Y-%m-%d}后自动作废。"
    tell_auditors(wanted, now=now, link=link)
    others = _holders([Role.ADMIN], now).exclude(pk__in=[asked.asked_by_id, asked.user_id])
    for each in others:
        tell(each, wanted, now=now, link=link)


def tell_alone(asked: PowerRequest, now: datetime) -> None:
    """There is no auditor to tell; other administrators are told."""
    text = f"{asked.asked_by_name}一人办理（单人）：{asked.summary}。"
    _tell_each([asked.user, *_holders([Role.ADMIN], now)], asked, f"{text}{NOT_YOU}", now)


def tell_decided(asked: PowerRequest, now: datetime) -> None:
    """The person, who asked, and the auditors."""
    why = f"理由：{asked.reason}。" if asked.reason else ""
    by = f"{asked.decided_by_name}" if asked.decided_by_name else "逾期无人确认，系统"
    text = f"{by}{_WORDS[asked.state]}：{asked.summary}（{asked.asked_by_name}提出）。{why}"
    _tell_each([asked.user, asked.asked_by], None, text, now)
    tell_auditors(text, now=now)


def tell_all(asked: PowerRequest, now: datetime) -> None:
    """Of a confirmation on the server: everybody who holds power here, and the person."""
    text = f"{asked.decided_by_name}在服务器上确认：{asked.summary}（{asked.asked_by_name}提出）。"
    _tell_each([asked.user, *_holders(ALL_OF_POWER, now)], None, text, now)


_WORDS = {"confirmed": "已确认", "refused": "不同意", "withdrawn": "已撤回", "lapsed": "已作废"}


def _tell_each(
    people: Iterable[User], but_of: PowerRequest | None, text: str, now: datetime
) -> None:
    left_out = but_of.asked_by_id if but_of is not None else None
    for each in {each.pk: each for each in people if each.pk != left_out}.values():
        tell(each, text, now=now)


def _holders(roles: Iterable[Role], now: datetime) -> QuerySet[User]:
    held = Appointment.objects.on(now.date()).filter(role__in=list(roles))
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("pk")
