"""A token is used: is it good, from where, how often; each use is counted and in the log.

In real time, whatever business date the demonstration has, but for the last day of the token.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from ipaddress import ip_address
from math import ceil
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from huangshi_tasks.lib.client_address import networks
from units import log
from units.actors import Actor
from units.guard.refused import note
from units.models import ApiToken, Appointment, Role, TokenState, User
from units.tokens.acts import digest_of

MINUTE = timedelta(minutes=1)
PER_MINUTE = 120
UNKNOWN = "令牌不存在、已到期或已吊销，请向申请人核对。"
ELSEWHERE = "该令牌不能从此地址使用。"
TOO_OFTEN = f"请求过于频繁，每分钟不超过{PER_MINUTE}次，请稍后再试。"


class Use(NamedTuple):
    """What became of it: `problem` is empty where the token is good; `wait` in seconds."""

    token: ApiToken | None
    problem: str = ""
    wait: int = 0


def use(secret: str, *, address: str, path: str, now: datetime) -> Use:
    """Take one use of the token of this secret. A revoked one stops at once."""
    with transaction.atomic():
        found = ApiToken.objects.select_for_update(of=("self",)).select_related("unit")
        token = found.filter(digest=digest_of(secret)).first()
        refused = _refused(token, address, now.date())
        if token is None or refused is not None:
            _note_refused(token, refused or UNKNOWN, address, now)
            return Use(token, refused or UNKNOWN)
        if wait := _counted(token, address, timezone.now()):
            return Use(token, TOO_OFTEN, wait)
        act = log.Act("apitoken.use", f"使用接口令牌：{token}", token, changes={"path": path[:150]})
        together = f"使用接口令牌：{token}"
        note(f"token.{token.pk}", act=act, now=now, address=address, together=together)
    return Use(token)


def _refused(token: ApiToken | None, address: str, today: date) -> str | None:
    if token is None or token.state != TokenState.ACTIVE or token.expires_on < today:
        return UNKNOWN
    return None if _is_from(token.addresses, address) else ELSEWHERE


def _is_from(allowed: str, address: str) -> bool:
    if not address:
        return False
    came = ip_address(address)
    return any(came in each for each in networks(allowed.split(",")) if not isinstance(each, str))


def _counted(token: ApiToken, address: str, at: datetime) -> int:
    """0, or in how many seconds the next use is taken."""
    if token.minute_at is None or not timedelta(0) <= at - token.minute_at < MINUTE:
        token.minute_at, token.minute_uses = at, 0
    if token.minute_uses >= PER_MINUTE:
        return max(1, ceil((token.minute_at + MINUTE - at).total_seconds()))
    token.minute_uses, token.uses = token.minute_uses + 1, token.uses + 1
    token.last_used_at, token.last_address = at, address
    counted = ("minute_at", "minute_uses", "uses", "last_used_at", "last_address")
    token.save(update_fields=counted)
    return 0


def _note_refused(token: ApiToken | None, why: str, address: str, now: datetime) -> None:
    summary = f"接口令牌被拒绝：{token}" if token is not None else "接口令牌被拒绝：没有这个令牌"
    act = log.Act("apitoken.refused", summary, token, reason=why)
    key = f"token.refused.{token.pk if token is not None else ''}"
    note(key, act=act, now=now, address=address, together=summary)


def actor_of(token: ApiToken) -> Actor:
    """As whom it reads: the office, or a liaison of its unit; nobody who could log in."""
    role = Role.OFFICE if token.unit is None else Role.REPORTER
    return Actor(User(display_name=token.name), Appointment(role=role, unit=token.unit))
