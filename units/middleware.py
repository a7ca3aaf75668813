"""The edge of every request: reads the clock once, finds the actor, turns refusals into pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from huangshi_tasks.lib import clock
from units.actors import appointments_of, choose_actor
from units.errors import NotNow, Refused
from units.http import Request
from units.models import User

# Reachable while the first password is still to be changed, and without any appointment.
ALWAYS_FREE = ("units:password_change", "units:logout")
NO_APPOINTMENT = "您的账号目前没有任职，不能查看业务数据，请联系系统管理员。"


class ActorMiddleware:
    """Sets `request.now`, `request.today` and `request.actor`; who has no actor goes no further."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, plain: HttpRequest) -> HttpResponse:
        request = cast(Request, plain)
        request.now = clock.now()
        request.today = request.now.date()
        user = plain.user
        if not isinstance(user, User):
            request.actor = None  # type: ignore[assignment]  # public pages only
            return self.get_response(request)
        request.appointments = appointments_of(user, request.today)
        actor = choose_actor(request, user, request.appointments)
        request.actor = actor  # type: ignore[assignment]  # None goes no further, see below
        return self._stopped(request) or self.get_response(request)

    def _stopped(self, request: Request) -> HttpResponse | None:
        if request.path in {reverse(name) for name in ALWAYS_FREE}:
            return None
        if request.user.must_change_password:
            return redirect("units:password_change")
        if cast(object, request.actor) is None:
            raise PermissionDenied(NO_APPOINTMENT)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            raise PermissionDenied(str(error)) from error
        if isinstance(error, NotNow):
            messages.error(request, str(error))
            return redirect(came_from(request))
        return None


def came_from(request: HttpRequest) -> str:
    """The page that a form was sent from, when it is ours; else the start page."""
    referer = request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        return str(referer)
    return "/"
