"""Who is in, and from where: a person sees the own sessions and ends the others. Real time."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from units.log.origin import address_of
from units.models import SignedIn, User

# as people know them; the first that is named wins, since each names those it stems from
BROWSERS = (
    (r"MicroMessenger", "微信"),
    (r"QIHU|360SE|360EE", "360浏览器"),
    (r"Qaxbrowser", "奇安信浏览器"),
    (r"Edg/", "Edge"),
    (r"Firefox/", "Firefox"),
    (r"Chrome/", "Chrome"),
    (r"Safari/", "Safari"),
)
SYSTEMS = (
    (r"Android", "安卓"),
    (r"iPhone|iPad", "iOS"),
    (r"Windows", "Windows"),
    (r"Mac OS", "macOS"),
    (r"Linux|UOS|Kylin", "Linux"),
)


class Line(NamedTuple):
    """One session, for its person."""

    began_at: datetime
    seen_at: datetime
    address: str
    browser: str
    is_here: bool


def begin(request: HttpRequest, user: User) -> None:
    """The session of `request` is that of `user` now; the oldest over the limit end."""
    session = request.session
    if not session.session_key:
        session.create()
    SignedIn.objects.filter(user=user).exclude(session_key__in=_alive()).delete()
    SignedIn.objects.create(
        session_key=session.session_key or "",
        user=user,
        began_at=timezone.now(),
        address=address_of(request),
        browser=browser_of(request.headers.get("User-Agent", "")),
    )
    if most := settings.SESSIONS_PER_PERSON:
        own = SignedIn.objects.filter(user=user).order_by("-began_at", "-id")
        _end(list(own.values_list("session_key", flat=True)[most:]))


def moved(before: str, after: str) -> None:
    """The session got another key, as at a change of the password."""
    SignedIn.objects.filter(session_key=before).update(session_key=after)


def of(user: User, here: str) -> list[Line]:
    """Those of `user` that are open, the newest first."""
    open_ones = {
        each.session_key: each
        for each in Session.objects.filter(
            session_key__in=SignedIn.objects.filter(user=user).values("session_key"),
            expire_date__gt=timezone.now(),
        )
    }
    lines = []
    for row in SignedIn.objects.filter(user=user).order_by("-began_at", "-id"):
        if (held := open_ones.get(row.session_key)) is not None:
            seen = held.get_decoded().get("seen_at")
            seen_at = datetime.fromtimestamp(seen, tz=row.began_at.tzinfo) if seen else row.began_at
            last = max(seen_at, row.began_at)
            is_here = row.session_key == here
            lines.append(Line(row.began_at, last, row.address, row.browser, is_here))
    return lines


def end_others(user: User, here: str | None) -> int:
    """All of `user` but `here` (None: all) are over at once; how many."""
    others = SignedIn.objects.filter(user=user).exclude(session_key=here or "")
    return _end(list(others.values_list("session_key", flat=True)))


def ended(session_key: str | None) -> None:
    """It is over: its person went out."""
    SignedIn.objects.filter(session_key=session_key or "").delete()


def _end(keys: list[str]) -> int:
    SignedIn.objects.filter(session_key__in=keys).delete()
    count, _ = Session.objects.filter(session_key__in=keys).delete()
    return count


def _alive() -> QuerySet[Session, Any]:
    return Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")


def browser_of(agent: str) -> str:
    """Chrome，Windows: as much as a person needs to know the own computer."""
    found = (_first(BROWSERS, agent), _first(SYSTEMS, agent))
    return "，".join(each for each in found if each) or "其他"


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for looks, name in names if re.search(looks, agent)), "")
