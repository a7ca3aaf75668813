"""Who asks, without a query while nobody was changed: the account and its appointments.

They are shared with other requests: what one gets are copies, as far down as somebody could set
anything. The account itself is loaded anew by whoever may write, for it may be saved as it is.
"""

from __future__ import annotations

import copy
from datetime import date

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from units.actors import appointments_of
from units.models import Appointment, User
from units.stamps.current import Stamps
from units.stamps.memory import by_stamp

READING = frozenset({"GET", "HEAD"})
PEOPLE = 512


class PersonMiddleware(AuthenticationMiddleware):
    """`request.user`, as Django finds it; and `request.stamps` of a request that only reads."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if request.method in READING:
            request.user = SimpleLazyObject(lambda: _user(request))  # type: ignore[assignment]


def stamps_of(request: HttpRequest) -> Stamps | None:
    """Those that came with the session; None without one, and once the request has written."""
    stamps: Stamps | None = getattr(getattr(request, "session", None), "stamps", None)
    return stamps


def appointments_for(request: HttpRequest, user: User, day: date) -> list[Appointment]:
    """What `user` may act as on `day`."""
    stamps = stamps_of(request)
    if stamps is None:
        return appointments_of(user, day)
    return [copy.copy(each) for each in _appointments(user.pk, day, stamps.finalized)]


def _user(request: HttpRequest) -> User | AnonymousUser:
    """The account of the session, checked against its password as `auth.get_user` does, which has
    the last word on whatever is not plain.
    """
    pk = request.session.get(auth.SESSION_KEY)
    path = request.session.get(auth.BACKEND_SESSION_KEY)
    stamps = stamps_of(request)
    user = _account(pk, path, stamps.finalized) if pk and path and stamps is not None else None
    if user is not None:
        hashed = request.session.get(auth.HASH_SESSION_KEY, "")
        if constant_time_compare(hashed, user.get_session_auth_hash()):
            return copy.copy(user)
    return auth.get_user(request)


@by_stamp(PEOPLE)
def _account(pk: str, path: str, stamp: int) -> User | None:
    if path not in settings.AUTHENTICATION_BACKENDS:
        return None
    found = auth.load_backend(path).get_user(pk)
    return found if isinstance(found, User) else None


@by_stamp(PEOPLE)
def _appointments(pk: int, day: date, stamp: int) -> list[Appointment]:
    return appointments_of(User(pk=pk), day)
