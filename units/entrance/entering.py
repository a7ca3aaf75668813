"""The one door: a session begins here, when everything that is asked has been proved."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as begin_session
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from units import log
from units.actors import SESSION_KEY, appointments_of
from units.factors import required, ways
from units.factors.left import say_what_is_left
from units.guard import devices, sessions
from units.http import Request
from units.models import User
from units.people.accounts import must_change
from units.people.acting import ANOTHERS
from units.people.kept import Kept, give_back, opened


def begin(request: Request, user: User, way: str) -> None:
    """The session of `user`, who proved the password and, by `way`, the second factor (empty:
    none was asked). Logged.
    """
    begin_session(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    sessions.begin(request, user)
    if way:
        required.mark(request, way)
    elif required.is_asked_of(appointments_of(user, request.today)):
        required.begin_grace(user)
    by = f"（{ways.WORDS[way]}）" if way else ""
    note(request, "login", f"登录{by}：{user}", user)


def enter(request: Request, user: User, way: str, *, kept: str, page: str) -> HttpResponse:
    """Into the system: to `page`, or to the form that was `kept` when the session before ended."""
    begin(request, user, way)
    say_what_is_left(request, user, way)
    response: HttpResponse = HttpResponseRedirect(page or "/")
    form = opened(kept)
    if form is not None:
        response = _give_back(request, user, form, response)
    devices.remember(request, response, user)
    return response


def _give_back(request: Request, user: User, kept: Kept, otherwise: HttpResponse) -> HttpResponse:
    """The kept form again, to be sent by a click; nobody else's is shown or sent."""
    held = appointments_of(user, request.today)
    own = {str(each.pk): each for each in held}
    if kept.acting_as not in own:
        messages.warning(request, ANOTHERS)
        return redirect("/")
    if must_change(user) or required.must_set_up(request, user, held):
        return otherwise
    request.session[SESSION_KEY] = own[kept.acting_as].pk
    return give_back(request, kept, own[kept.acting_as], "login", status=200)


def note(request: Request, action: str, summary: str, user: User) -> None:
    """One entry; the address it came from is in every entry."""
    log.record(action=action, summary=summary, user=user, subject=user, now=request.now)
