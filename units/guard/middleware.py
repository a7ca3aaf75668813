"""Refusals of a person, for the auditor: 403, and 404 where an address names a row that is not
theirs to know of.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from units import log
from units.actors import Actor
from units.guard.refused import note
from units.http import Request
from units.log.origin import address_of

NAMES_NO_ROW = frozenset({"slug"})  # a year of the address; everybody guesses those
TOGETHER = "无权查看或办理，被拒绝"
LONGEST = 150


class RefusedMiddleware:
    """Stands outside of what refuses; errors.py marks the request with what it answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, plain: HttpRequest) -> HttpResponse:
        response = self.get_response(plain)
        refusal: str | None = getattr(plain, "refusal", None)
        actor: Actor | None = getattr(plain, "actor", None)
        if refusal is not None and actor is not None and _is_of_a_person(plain, response):
            _note(cast(Request, plain), actor, response.status_code, refusal)
        return response


def _is_of_a_person(request: HttpRequest, response: HttpResponse) -> bool:
    if response.status_code == 403:
        return True
    match = request.resolver_match
    return match is not None and bool(match.kwargs.keys() - NAMES_NO_ROW)


def _note(request: Request, actor: Actor, status: int, why: str) -> None:
    act = log.Act(
        "refused",
        f"被拒绝：{request.method} {request.path[:LONGEST]}",
        changes={"status": status, "path": request.path[:LONGEST]},
        reason=why,
    )
    note(
        f"refused.{status}",
        act=act,
        now=request.now,
        address=address_of(request),
        actor=actor,
        together=TOGETHER,
    )
