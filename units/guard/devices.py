"""Computers at which a person has come in before, by a signed cookie: what strangers try elsewhere
does not keep its person out. It opens nothing: password and factor are asked as everywhere.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from units.models import User

SALT = "units.guard.devices"
GOOD_FOR = timedelta(days=180)
MOST = 8  # persons at one computer


def known_as(request: HttpRequest, user: User | None) -> str:
    """How this computer is called for `user`; empty where they have not come in yet."""
    return _held(request).get(str(user.pk), "") if user is not None else ""


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """`user` came in here."""
    held = _held(request)
    mine = held.pop(str(user.pk), "") or secrets.token_urlsafe(12)
    kept = dict(list(held.items())[-(MOST - 1) :]) | {str(user.pk): mine}
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(kept, salt=SALT),
        max_age=GOOD_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _held(request: HttpRequest) -> dict[str, str]:
    value = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        held = signing.loads(value, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return {}
    return {str(name): str(each) for name, each in held.items()}
