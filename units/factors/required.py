"""From whom a second factor is asked, and how long they may still do without. Real time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from units.models import Appointment, Role, User

REQUIRED, OFFERED, OFF = "required", "offered", "off"
OF_ROLES = frozenset({Role.OFFICE, Role.ADMIN, Role.AUDITOR})
GRACE = timedelta(days=14)
# in the session: the way by which its person came in, and when (seconds since 1970)
WAY, PROVED_AT = "factor", "factor_at"
# in the session: the last code of a sheet was used, a new one is to be printed first of all
USED_UP = "factor_used_up"
FRESH = timedelta(minutes=10)


def is_on() -> bool:
    """Whether anybody is asked or offered anything."""
    return str(settings.SECOND_FACTOR) != OFF


def is_asked_of(appointments: Iterable[Appointment]) -> bool:
    """Whether whoever holds these must have a second factor."""
    if settings.SECOND_FACTOR != REQUIRED:
        return False
    return any(each.role in OF_ROLES for each in appointments)


def begin_grace(user: User) -> None:
    """From now on the days count; once."""
    if user.factor_asked_at is None:
        user.factor_asked_at = timezone.now()
        user.save(update_fields=["factor_asked_at"])


def ends_at(user: User) -> datetime | None:
    """When the days are over; None before they were begun."""
    return user.factor_asked_at + GRACE if user.factor_asked_at is not None else None


def came_by(request: HttpRequest) -> str:
    """The way of this session (`units.factors.ways`); empty of one by password alone."""
    return str(request.session.get(WAY, ""))


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session proved its factor just now: who changes a factor has the old one."""
    since = timezone.now().timestamp() - float(request.session.get(PROVED_AT, 0))
    return bool(came_by(request)) and 0 <= since < FRESH.total_seconds()


def mark(request: HttpRequest, way: str) -> None:
    """This session has proved `way`."""
    request.session[WAY] = way
    request.session[PROVED_AT] = timezone.now().timestamp()


def must_set_up(request: HttpRequest, user: User, appointments: Iterable[Appointment]) -> bool:
    """Whether nothing else goes before a factor is set up: the days are over, or the last code of
    the sheet was used. Asks the session and the account, no query.
    """
    if not is_on():
        return False
    if request.session.get(USED_UP):
        return True
    if came_by(request) or not is_asked_of(appointments):
        return False
    end = ends_at(user)
    return end is not None and timezone.now() >= end


def days_left(request: HttpRequest, user: User, appointments: Iterable[Appointment]) -> int | None:
    """Whole days that are left to set up a factor, at least 1; None of whom it is not asked."""
    if not is_asked_of(appointments) or came_by(request):
        return None
    left = (ends_at(user) or timezone.now() + GRACE) - timezone.now()
    return max(1, -(-int(left.total_seconds()) // 86400))
