"""Coming in and going out. Both, and every failed try, go into the log."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from huangshi_tasks.errors import locked_out
from units.entrance import pending
from units.entrance.door import Try, opened, take
from units.entrance.entering import enter, note
from units.factors import ways
from units.factors.forms import ProveForm
from units.guard import sessions, tries
from units.guard.refused import note_failed_login, note_wrong_code
from units.http import Request
from units.models import User
from units.people.accounts import is_run_out
from units.people.forms import RUN_OUT, LoginForm
from units.people.kept import NAME
from units.people.kept import opened as kept_form

WAIT = "试错次数过多，请{wait}后再试。忘记密码请联系系统管理员重置。"


@method_decorator(login_not_required, name="dispatch")
class Login(LoginView):
    """Django's own login with our form; who is in already goes on."""

    template_name = "units/people/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True
    request: Request
    one: Try

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.one = take(self.request)
        if not self.one.is_allowed:
            return refused(self.request, self.one)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        opened(self.one)
        if is_run_out(user):
            form.add_error(None, RUN_OUT)
            return super().form_invalid(form)
        kept, page = self.request.POST.get(NAME, ""), self.get_redirect_url()
        is_asked, way = pending.is_asked(self.request, user)
        if is_asked:
            pending.begin(self.request, user)
            return ask_for_code(self.request, user, ProveForm(), kept=kept, page=page)
        return enter(self.request, user, way, kept=kept, page=page)

    def form_invalid(self, form: Any) -> HttpResponse:
        note_failed_login(self.request, self.one.typed, self.one.known, is_locked=False)
        return super().form_invalid(form)

    def get_redirect_url(self, request: Any = None) -> str:
        """Where to go on: an address of ours, but not this page, which would lead in circles."""
        url = super().get_redirect_url()
        return "" if url.partition("?")[0].endswith(self.request.path) else url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        del context["site"]  # Django's, which would hide the names of the office
        kept = self.request.POST.get(NAME, "")
        return context | {"next": self.get_redirect_url(), NAME: kept if kept_form(kept) else ""}


login = Login.as_view()


def refused(request: Request, one: Try) -> HttpResponse:
    """No password is judged now, and why."""
    note_failed_login(request, one.typed, one.known, is_locked=True)
    return locked_out(request, WAIT.format(wait=tries.in_words(one.wait)))


def ask_for_code(
    request: Request, user: User, form: ProveForm, *, kept: str, page: str
) -> HttpResponse:
    """The page between password and session."""
    context = {
        "form": form,
        "person": user,
        "ways": ways.ways_of(user),
        "is_recovery": "recovery" in request.GET,
        "next": page,
        NAME: kept if kept_form(kept) else "",
    }
    return render(request, "units/entrance/factor.html", context)


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def factor(request: Request) -> HttpResponse:
    """The second factor of whose password was right; then, and only then, a session begins."""
    user = pending.person(request)
    if user is None or _is_in(request):
        pending.end(request)
        return redirect("units:login")
    kept, page = request.POST.get(NAME, ""), _own_page(request)
    form = ProveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = ways.check(user, form.cleaned_data["code"])
        if answer:
            pending.end(request)
            return enter(request, user, answer.way, kept=kept, page=page)
        note_wrong_code(request, user)
        form.add_error("code", answer.problem)
    return ask_for_code(request, user, form, kept=kept, page=page)


def _is_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _own_page(request: Request) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_ours else ""


@require_POST
def logout(request: Request) -> HttpResponse:
    """End the session; the browser forgets the pages that it may still hold."""
    user = request.user
    note(request, "logout", f"退出：{user}", user)
    sessions.ended(request.session.session_key)
    end_session(request)
    response = redirect("units:login")
    response["Clear-Site-Data"] = '"cache"'
    return response
