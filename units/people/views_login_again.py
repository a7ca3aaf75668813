"""Coming in again from an open page, which stays as it is: the same person, or nobody."""

from __future__ import annotations

from axes.decorators import axes_dispatch
from django.contrib.auth import login as begin_session
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from units.actors import SESSION_KEY, appointments_of
from units.http import Request
from units.people.acting import FIELD
from units.people.forms import LoginForm
from units.people.views_login import note, note_failure

ANOTHER = "本页由另一账号打开，没有登录。请用打开本页时的账号登录；换账号的，请先放弃本页。"


@login_not_required
@sensitive_post_parameters("password")
@axes_dispatch  # type: ignore[untyped-decorator]  # axes has no annotations
@require_http_methods(["GET", "POST"])
def login_again(request: Request) -> HttpResponse:
    """GET says who is in, with a fresh CSRF token; POST logs the person of the page in again."""
    if request.method == "GET":
        return _answer(request)
    form = LoginForm(request, request.POST)
    if not form.is_valid():
        note_failure(request, form)
        problem = next(iter(form.errors.values()))[0]
        return _refused(str(problem))
    user = form.get_user()
    own = {str(each.pk): each.pk for each in appointments_of(user, request.today)}
    named = request.POST.get(FIELD, "")
    if named not in own:
        return _refused(ANOTHER)
    begin_session(request, user)
    request.session[SESSION_KEY] = own[named]
    note(request, "login", f"登录：{user}", user)
    return _answer(request)


def _answer(request: Request) -> HttpResponse:
    """Whether the page's appointment (`?acting_as=`) is of who is logged in, and a token."""
    named = request.GET.get(FIELD) or request.POST.get(FIELD, "")
    is_in = request.user.is_authenticated
    own = (
        {str(each.pk) for each in appointments_of(request.user, request.today)} if is_in else set()
    )
    answer = {"token": get_token(request), "is_in": is_in, "is_same": named in own}
    return JsonResponse(answer)


def _refused(problem: str) -> HttpResponse:
    return JsonResponse({"problem": problem}, status=400, json_dumps_params={"ensure_ascii": False})
