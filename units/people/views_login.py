"""Coming in and going out. Both, and every failed try, go into the log."""

from __future__ import annotations

from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from units import log
from units.actors import SESSION_KEY, appointments_of
from units.http import Request
from units.models import User
from units.people.acting import ANOTHERS
from units.people.forms import LoginForm
from units.people.kept import NAME, Kept, give_back, opened


@method_decorator(login_not_required, name="dispatch")
class Login(LoginView):
    """Django's own login with our form; who is in already goes on."""

    template_name = "units/people/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True
    request: Request

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        note(self.request, "login", f"登录：{user}", user)
        response = super().form_valid(form)
        kept = opened(self.request.POST.get(NAME, ""))
        return response if kept is None else _give_back(self.request, user, kept, response)

    def form_invalid(self, form: Any) -> HttpResponse:
        note_failure(self.request, form)
        return super().form_invalid(form)

    def get_redirect_url(self, request: Any = None) -> str:
        """Where to go on: an address of ours, but not this page, which would lead in circles."""
        url = super().get_redirect_url()
        return "" if url.partition("?")[0].endswith(self.request.path) else url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        del context["site"]  # Django's, which would hide the names of the office
        kept = self.request.POST.get(NAME, "")
        return context | {"next": self.get_redirect_url(), NAME: kept if opened(kept) else ""}


def _give_back(request: Request, user: User, kept: Kept, otherwise: HttpResponse) -> HttpResponse:
    """The kept form again, to be sent by a click; nobody else's is shown or sent."""
    own = {str(each.pk): each for each in appointments_of(user, request.today)}
    if kept.acting_as not in own:
        messages.warning(request, ANOTHERS)
        return redirect("/")
    if user.must_change_password:
        return otherwise
    request.session[SESSION_KEY] = own[kept.acting_as].pk
    return give_back(request, kept, own[kept.acting_as], "login", status=200)


def note_failure(request: Request, form: Any) -> None:
    """Every failed try goes into the log, under the account it was meant for."""
    name = str(form.data.get("username", ""))[:60]
    known = User.objects.called(name)
    if getattr(request, "axes_locked_out", False):
        note(request, "login.locked", f"登录已锁定：{name}", known)
    else:
        note(request, "login.failed", f"登录失败：{name}", known)


def note(request: Request, action: str, summary: str, user: User | None) -> None:
    """One log entry with the address it came from."""
    address = get_client_ip_address(request) or ""
    log.record(
        action=action,
        summary=summary,
        user=user,
        subject=user,
        changes={"address": address},
        now=request.now,
    )


login = Login.as_view()


@require_POST
def logout(request: Request) -> HttpResponse:
    """End the session; the browser forgets the pages that it may still hold."""
    user = request.user
    end_session(request)
    note(request, "logout", f"退出：{user}", user)
    response = redirect("units:login")
    response["Clear-Site-Data"] = '"cache"'
    return response
