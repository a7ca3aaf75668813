"""Outermost: the number of the request, what machines ask, and how long an answer took."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from huangshi_tasks.lib import tracing
from huangshi_tasks.watching.health import healthz, readyz
from huangshi_tasks.watching.metrics import count

GetResponse = Callable[[HttpRequest], HttpResponse]
HEADER = "X-Request-ID"
PROBES = {"/healthz": healthz, "/readyz": readyz}
READING = frozenset({"GET", "HEAD"})


class RequestNumberMiddleware:
    """The number that nginx gave, or a new one: in every line of the log, and in the answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = tracing.number_of(request.headers.get(HEADER))
        before = tracing.current.set(number)
        try:
            response = self.get_response(request)
        finally:
            tracing.current.reset(before)
        response[HEADER] = number
        return response


class ProbeMiddleware:
    """Machines ask by address, over http, without a session: before anything looks at the host."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path) if request.method in READING else None
        if probe is None:
            return self.get_response(request)
        response = probe(request)
        response["Cache-Control"] = "private, no-store"
        return response


class MetricsMiddleware:
    """Counts what is answered."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        count(request, response.status_code, time.perf_counter() - started)
        return response
