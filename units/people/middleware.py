"""The edge of every request: reads the clock once, finds the actor, turns refusals into pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from huangshi_tasks.lib import clock
from units.actors import choose_actor
from units.errors import NotNow, Refused
from units.factors.required import must_set_up
from units.http import Request
from units.models import User
from units.once.claims import DoneBefore, refuse_second
from units.people.accounts import must_change
from units.people.acting import follow_the_page, is_in_place
from units.people.kept import ask_again, came_from, give_back, keep, posted
from units.session.person import appointments_for
from units.session.store import SessionStore
from units.stamps.lasting import until_written
from units.stamps.small import once_a_request

# Reachable while the first password is still to be changed, and without any appointment.
ALWAYS_FREE = ("units:password_change", "units:logout")
# and beside those, while a second factor must be set up: all that lies under this address
PROTECTION = "units:factors"
SESSION_OVER = "登录已超时，刚才提交的内容没有保存，请登录后重新提交。"
SESSION_OVER_IN_PLACE = "登录已超时，请重新登录，本页内容都还在。"
NO_APPOINTMENT = "您的账号目前没有任职，不能查看业务数据，请联系系统管理员。"


class ActorMiddleware:
    """Sets `request.now`, `request.today` and `request.actor`; who has no actor goes no further."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, plain: HttpRequest) -> HttpResponse:
        request = cast(Request, plain)
        with once_a_request():
            return self._answer(request, plain)

    def _answer(self, request: Request, plain: HttpRequest) -> HttpResponse:
        request.now = clock.now()
        request.today = request.now.date()
        user = plain.user
        if not isinstance(user, User):
            request.actor = None  # type: ignore[assignment]  # public pages only
            return self.get_response(request)
        request.appointments = appointments_for(request, user, request.today)
        actor = choose_actor(request, user, request.appointments)
        request.actor = actor  # type: ignore[assignment]  # None goes no further, see below
        is_late = must_set_up(request, user, request.appointments)
        request.must_change = must_change(user)
        request.is_held = request.must_change or is_late
        with self._remembering(request):
            return self._stopped(request) or self.get_response(request)

    def _remembering(self, request: Request) -> AbstractContextManager[None]:
        """Also of a GET: some carry out what is due, and go on with what they have written."""
        return until_written(cast(SessionStore, request.session))

    def _stopped(self, request: Request) -> HttpResponse | None:
        if not request.is_held and cast(object, request.actor) is not None:
            return None
        if request.path in {reverse(name) for name in ALWAYS_FREE}:
            return None
        if request.must_change:
            return redirect("units:password_change")
        if request.is_held:
            is_free = request.path.startswith(reverse(PROTECTION))
            return None if is_free else redirect(PROTECTION)
        raise PermissionDenied(NO_APPOINTMENT)

    def process_view(
        self, request: Request, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """After the checks of login and CSRF: a form acts as its page says, and once."""
        if cast(object, request.actor) is None:
            return None
        try:
            follow_the_page(request)
            refuse_second(request)
        except Refused as error:  # process_exception hears of views only
            raise PermissionDenied(str(error)) from error
        except DoneBefore as done:
            return led_on(request, done)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DoneBefore):
            return led_on(cast(Request, request), error)
        if isinstance(error, Refused):
            raise PermissionDenied(str(error)) from error
        if isinstance(error, NotNow):
            messages.error(request, str(error))
            return redirect(came_from(request))
        return None


class LoginMiddleware(LoginRequiredMiddleware):
    """Every view is private. Whose session ended while a form was open comes back to that form."""

    def get_login_url(self, view_func: Any) -> str:
        """One login for all: Django's admin would send people to its own."""
        return reverse("units:login")

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        if is_in_place(request):
            return JsonResponse({"problem": SESSION_OVER_IN_PLACE}, status=401)
        if "HX-Request" in request.headers:
            # a part of an open page: the page with what is typed in it must not go (toasts.js)
            login = redirect_to_login(came_from(request)).url
            return HttpResponse(status=401, headers={"X-Log-In": login})
        if kept := keep(request):
            return ask_again(cast(Request, request), kept, came_from(request))
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        if request.method == "POST" and request.path != reverse("units:logout"):
            messages.warning(request, SESSION_OVER)
        return redirect(redirect_to_login(came_from(request)).url)


def led_on(request: Request, done: DoneBefore) -> HttpResponse:
    """To what the form created the first time; other words in it come back, nothing is lost."""
    form = posted(request)
    if done.is_same or form is None:
        messages.info(request, str(done))
        return redirect(done.led_to)
    again = form.with_new_key()
    held = request.actor.appointment
    return give_back(request, again, held, "twice", status=409, led_to=done.led_to)
