"""What every request passes: is its input readable, is its session in use, how does it leave?"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from huangshi_tasks.errors import not_allowed

GetResponse = Callable[[HttpRequest], HttpResponse]
LINE_END = re.compile("\r\n?")
# Where a notice is pasted a text of any length comes back with a sentence, and is not lost.
PASTED = re.compile(r"/plans/(?:new|drafts/\d+)/")
FORM = "multipart/form-data"
TEXTS = frozenset({"text/html", "application/json", "text/csv", "text/plain"})
TOUCH_EVERY_SECONDS = 300
POLLING = "X-Polling"  # header of what an open page asks by itself
DRAIN_MAX_BYTES = 200 * 1024 * 1024


class InputGuardMiddleware:
    """Refuses with 400 what would fail somewhere deeper with 500; a line end is one character.

    NUL characters (PostgreSQL cannot store them), undecodable charsets, malformed multipart and
    bodies over the limit. Stands before the session and CSRF middleware, which read the form.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            refuse_unreadable(request)
            plain_line_ends(request)
        except Exception:
            drain(request)
            raise
        return self.get_response(request)


def refuse_unreadable(request: HttpRequest) -> None:
    """Raise BadRequest or SuspiciousOperation, which `handler400` turns into a page."""
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if size > settings.BODY_MAX_BYTES:
        raise RequestDataTooBig("The body is over BODY_MAX_BYTES")
    is_long = size > settings.FIELDS_MAX_BYTES
    if is_long and request.content_type != FORM:
        raise RequestDataTooBig("The body is over FIELDS_MAX_BYTES")
    try:
        texts = list(_texts_of(request))
    except (LookupError, ValueError) as error:  # an unknown charset, or bytes that do not fit it
        raise BadRequest(f"The form cannot be decoded: {error}") from error
    if any("\0" in text for text in texts):
        raise BadRequest("The form contains a NUL character")
    if is_long and not PASTED.fullmatch(request.path):
        typed = sum(len(text.encode()) for text in texts)
        if typed > settings.FIELDS_MAX_BYTES:
            raise RequestDataTooBig("The fields are over FIELDS_MAX_BYTES")


def _texts_of(request: HttpRequest) -> Iterator[str]:
    """Names and values of every field. Names of uploaded files were cleaned by Django."""
    for form in (request.GET, request.POST):
        for name, values in form.lists():
            yield name
            yield from map(str, values)
    yield from request.FILES


def plain_line_ends(request: HttpRequest) -> None:
    """Browsers post CRLF for what they show and count as one: here it is one too, so that a text
    has one length and one spelling for every form, autosave and comparison.
    """
    if not any("\r" in text for _, values in request.POST.lists() for text in values):
        return
    plain = request.POST.copy()
    for name, values in request.POST.lists():
        plain.setlist(name, [LINE_END.sub("\n", text) for text in values])
    plain._mutable = False
    request.POST = plain  # type: ignore[assignment]  # Django sets it the same way


def drain(request: HttpRequest) -> None:
    """Read what is left of the body: else the client sees a reset connection and not our page."""
    left = DRAIN_MAX_BYTES
    with suppress(Exception):
        while left > 0 and (chunk := request.read(65536)):
            left -= len(chunk)


class NoStoreMiddleware:
    """Nothing that a view answers stays in a browser: pages and files are of the person who is in,
    and after the logout neither Back nor the disk shows them. Only static files, which
    WhiteNoise serves further out, may be kept.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Cache-Control"] = "private, no-store"
        return response


class CompressMiddleware(GZipMiddleware):
    """Pages and data leave compressed; files that are handed out are so already, most of them."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.get("Content-Type", "").partition(";")[0] not in TEXTS:
            return response
        return super().process_response(request, response)


class MethodMiddleware:
    """An address that takes no GET answers with a page instead of Django's empty 405. Stands
    innermost, where the actor is known and the frame of the page can be drawn.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        page = not_allowed(request)
        page["Allow"] = response["Allow"]
        return page


class IdleSessionMiddleware:
    """Ends a session half an hour (SESSION_COOKIE_AGE) after its last request, within five minutes,
    and SESSION_LONGEST after its login. A page that asks by itself prolongs nothing.

    Writing the session on every request would cost a write lock each time; it is written when the
    last mark is five minutes old. Uses the real clock: a business date keeps nobody logged in.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = request.session
        if SESSION_KEY in session:
            now = int(time.time())
            if now - session.get("began_at", now) > settings.SESSION_LONGEST:
                session.flush()
            elif POLLING not in request.headers and _is_stale(session, now):
                session["seen_at"] = now
                session.setdefault("began_at", now)
        return self.get_response(request)


def _is_stale(session: SessionBase, now: int) -> bool:
    return now - int(session.get("seen_at", 0)) >= TOUCH_EVERY_SECONDS
