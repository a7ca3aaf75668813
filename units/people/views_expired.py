"""A form whose page is too old: its CSRF token is not the browser's any more, since somebody logged
in in another window, or the browser was closed.

What another site sent is answered with a sentence and offers nothing. What our own page sent comes
back to whoever typed it, to be sent by a click with a fresh token.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from huangshi_tasks.errors import expired
from units.actors import Actor
from units.http import Request
from units.people.acting import is_in_place
from units.people.kept import ask_again, came_from, give_back, is_from_our_page, keep, posted

IN_ALREADY = "您已登录，账号为{user}。需要换账号的，请先退出登录。"
LOGIN_EXPIRED = "登录页面已过期，请重新登录。"


def csrf_failure(request: Request, reason: str = "") -> HttpResponse:
    """Django asks for this page in place of the view."""
    if request.path == reverse("units:login"):
        return _login(request)
    is_script = is_in_place(request) or "HX-Request" in request.headers
    if is_script or not is_from_our_page(request):
        return expired(request)
    if not _is_in(request):
        kept = keep(request)
        return ask_again(request, kept, came_from(request)) if kept else _to_login(request)
    form, actor = posted(request), _actor_of(request)
    if form is None or actor is None:
        return expired(request)
    return give_back(request, form, actor.appointment, "expired", status=403)


def _is_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _actor_of(request: Request) -> Actor | None:
    """As whom the page was opened, when that is this person's to be."""
    if request.is_held:
        return None
    named = request.POST.get("acting_as", "")
    own = (each for each in request.appointments if str(each.pk) == named)
    return next((Actor(request.user, each) for each in own), None)


def _login(request: Request) -> HttpResponse:
    """Who is in, by another window, goes on; others see the page afresh. Nobody is logged in."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    if not _is_in(request):
        return _to_login(request, wanted if is_ours else "")
    if request.POST.get("username", "") not in ("", request.user.username):
        messages.warning(request, IN_ALREADY.format(user=request.user))
    return redirect(wanted if is_ours else "/")


def _to_login(request: Request, page: str = "") -> HttpResponse:
    messages.warning(request, LOGIN_EXPIRED)
    query = f"?{urlencode({'next': page})}" if page else ""
    return redirect(reverse("units:login") + query)
