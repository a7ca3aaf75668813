"""`@kept` on the view of a page that only reads.

The page is kept by its address, who may see what (`Actor.scope`), the business day, and the stamps
of whatever it shows (`units.stamps`): after any write it is another page, and nobody gets the old
one. Nothing else may be in it: neither the moment nor the person (`units.pages.personal`).

Where it is kept (`CACHES`: Redis, or the memory of this process) is a matter of speed alone. When
that is away the page is made.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from functools import wraps
from secrets import token_hex
from time import monotonic
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpResponse

from units.http import Request
from units.pages.personal import Gaps, filled
from units.session.person import stamps_of
from units.stamps.shown import TOPICS

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]
T = TypeVar("T")
# Of this server, whose workers share it: another one may run other code, or on another database.
ORIGIN = token_hex(8)
SECONDS, FILE_SECONDS = 300, 6 * 3600
REST_SECONDS = 30  # after a failure of the store it is left alone for so long
HEADERS = ("HX-Push-Url", "HX-Replace-Url", "Vary")
_rests_until = 0.0


def kept(*topics: str, for_readers: bool = False) -> Callable[[View], View]:
    """Keep the page; `topics` of `units.stamps.shown` are what readers see in it, while office and
    units also see what goes on. `for_readers`: others see in it what is being typed, which no
    stamp knows of.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            shown = topics if request.actor.is_reader else TOPICS
            key = _key(request, shown, for_readers=for_readers)
            if key is None:
                return view(request, *args, **kwargs)
            return _found(request, key) or _made(request, key, view, *args, **kwargs)

        opened.keeps = True  # type: ignore[attr-defined]  # for tests that open all of them
        return opened

    return decorate


def kept_value(request: Request, topics: tuple[str, ...], make: Callable[[], T | None]) -> T | None:
    """What an address answers with, other than a page: made once for whoever sees the same.
    `topics` are those of all that is in it. What is None is not kept.
    """
    key = _key(request, topics, for_readers=False)
    if key is None:
        return make()
    found: T | None = _found_value(key)
    if found is None and (found := make()) is not None:
        _keep_value(key, found)
    return found


def _found_value(key: str) -> Any:
    return _stored(key)


def _keep_value(key: str, value: object) -> None:
    _put(key, value, FILE_SECONDS)


def _key(request: Request, topics: tuple[str, ...], *, for_readers: bool) -> str | None:
    """None for what is not kept: something to be said to this person, or a store at rest."""
    stamps = stamps_of(request)
    if stamps is None or not settings.KEEP_PAGES or monotonic() < _rests_until:
        return None
    if (for_readers and not request.actor.is_reader) or len(get_messages(request)):
        return None
    parts = (
        ORIGIN,
        request.get_full_path(),
        request.headers.get("HX-Request", ""),
        request.headers.get("HX-Target", ""),
        request.actor.scope,
        request.user.pk if request.actor.is_reader else None,  # who is named for one item
        request.today,
        stamps.of(topics),
    )
    return "page:" + hashlib.blake2b(repr(parts).encode(), digest_size=20).hexdigest()


def _found(request: Request, key: str) -> HttpResponse | None:
    page = _stored(key)
    if page is None:
        return None
    headers, pieces = page
    return HttpResponse(filled(request, pieces), headers=headers)


def _stored(key: str) -> Any:
    try:
        return cache.get(key)
    except Exception as error:
        _leave_alone(error)
        return None


def _made(request: Request, key: str, view: View, *args: Any, **kwargs: Any) -> HttpResponse:
    with Gaps(request) as gaps:
        response = view(request, *args, **kwargs)
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return response
    pieces, shown = gaps.cut(response.content.decode())
    response.content = shown.encode()
    is_whole = not getattr(request, "is_partial", False)  # what could not be read is asked anew
    if response.status_code == 200 and not response.cookies and is_whole:
        headers = {name: response[name] for name in HEADERS if name in response}
        _put(key, (headers, pieces), SECONDS)
    return response


def _put(key: str, what: object, seconds: int) -> None:
    if monotonic() < _rests_until:
        return
    try:
        cache.set(key, what, seconds)
    except Exception as error:
        _leave_alone(error)


def _leave_alone(error: Exception) -> None:
    global _rests_until
    _rests_until = monotonic() + REST_SECONDS
    logger.warning("Pages are not kept for %s s: %s", REST_SECONDS, error)
