"""Coming in again from an open page, which stays as it is: the same person, or nobody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from units.actors import SESSION_KEY, appointments_of
from units.entrance import pending
from units.entrance.door import opened, take
from units.entrance.entering import begin
from units.entrance.views_login import WAIT
from units.factors import ways
from units.factors.left import say_what_is_left
from units.guard import devices, tries
from units.guard.refused import note_failed_login, note_wrong_code
from units.http import Request
from units.models import User
from units.people.accounts import is_run_out
from units.people.acting import FIELD
from units.people.forms import RUN_OUT, LoginForm

ANOTHER = "本页由另一账号打开，没有登录。请用打开本页时的账号登录；换账号的，请先放弃本页。"
CODE = "请填写动态口令。"


@login_not_required
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "POST"])
def login_again(request: Request) -> HttpResponse:
    """GET says who is in, with a fresh CSRF token; POST logs the person of the page in again."""
    if request.method == "GET":
        return _answer(request)
    one = take(request)
    if not one.is_allowed:
        note_failed_login(request, one.typed, one.known, is_locked=True)
        return _refused(WAIT.format(wait=tries.in_words(one.wait)), status=429)
    form = LoginForm(request, request.POST)
    if not form.is_valid():
        note_failed_login(request, one.typed, one.known, is_locked=False)
        problem = next(iter(form.errors.values()))[0]
        return _refused(str(problem))
    opened(one)
    user = form.get_user()
    if is_run_out(user):
        return _refused(RUN_OUT)
    own = {str(each.pk): each.pk for each in appointments_of(user, request.today)}
    named = request.POST.get(FIELD, "")
    if named not in own:
        return _refused(ANOTHER)
    way, problem = _factor(request, user)
    if problem:
        return _refused(problem, needs_code=True)
    begin(request, user, way)
    say_what_is_left(request, user, way)
    request.session[SESSION_KEY] = own[named]
    response = _answer(request)
    devices.remember(request, response, user)
    return response


def _factor(request: Request, user: User) -> tuple[str, str]:
    """By which way the second factor was proved; else the problem."""
    is_asked, way = pending.is_asked(request, user)
    code = request.POST.get("code", "").strip()[:20]
    if not is_asked:
        return way, ""
    if not code:
        return "", CODE
    answer = ways.check(user, code)
    if not answer:
        note_wrong_code(request, user)
    return answer.way, answer.problem


def _answer(request: Request) -> HttpResponse:
    """Whether the page's appointment (`?acting_as=`) is of who is logged in, and a token."""
    named = request.GET.get(FIELD) or request.POST.get(FIELD, "")
    is_in = request.user.is_authenticated
    own = (
        {str(each.pk) for each in appointments_of(request.user, request.today)} if is_in else set()
    )
    answer = {"token": get_token(request), "is_in": is_in, "is_same": named in own}
    return JsonResponse(answer)


def _refused(problem: str, *, needs_code: bool = False, status: int = 400) -> HttpResponse:
    told = {"problem": problem, "needs_code": needs_code}
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
