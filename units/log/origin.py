"""From where an act comes: the client's address and the session, for every entry of the log.

The request of the moment is known to this thread, so that no verb has to carry it; jobs and
commands have none.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from huangshi_tasks.lib.client_address import client_address

SALT = "units.log.session"
SHOWN = 12  # characters
_answered: ContextVar[HttpRequest | None] = ContextVar("answered", default=None)


class Origin(NamedTuple):
    """`session` tells two sessions apart and opens none; None where there is nothing to say."""

    address: str | None = None
    session: str | None = None


class OriginMiddleware:
    """Stands behind the session: whatever is recorded further in knows where it comes from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = _answered.set(request)
        try:
            return self.get_response(request)
        finally:
            _answered.reset(before)


def address_of(request: HttpRequest) -> str:
    """The client's address; empty when it is not known."""
    return client_address(request.META, settings.TRUSTED_PROXIES)


def asked() -> HttpRequest | None:
    """The request that is being answered; None in jobs and commands."""
    return _answered.get()


def origin() -> Origin:
    """Of the request that is being answered; of nothing outside one."""
    request = _answered.get()
    if request is None:
        return Origin()
    session = getattr(request, "session", None)
    key = session.session_key if session is not None else None
    return Origin(address_of(request) or None, name_of(key) if key else None)


def name_of(session_key: str) -> str:
    """How the log names a session: nobody comes in by that."""
    return salted_hmac(SALT, session_key, algorithm="sha256").hexdigest()[:SHOWN]
