"""Coming in and going out. Both, and every failed try, go into the log."""

from __future__ import annotations

from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from units import log
from units.forms import LoginForm
from units.http import Request
from units.models import User


@method_decorator([login_not_required, never_cache], name="dispatch")
class Login(LoginView):
    """Django's own login with our form; who is in already goes on."""

    template_name = "units/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True
    request: Request

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        _note(self.request, "login", f"登录：{user}", user)
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        name = str(form.data.get("username", ""))[:60]
        known = User.objects.filter(username=name).first()
        if getattr(self.request, "axes_locked_out", False):
            _note(self.request, "login.locked", f"登录已锁定：{name}", known)
        else:
            _note(self.request, "login.failed", f"登录失败：{name}", known)
        return super().form_invalid(form)

    def get_redirect_url(self, request: Any = None) -> str:
        """Where to go on: an address of ours, but not this page, which would lead in circles."""
        url = super().get_redirect_url()
        return "" if url.partition("?")[0].endswith(self.request.path) else url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        del context["site"]  # Django's, which would hide the names of the office
        return context | {"next": self.get_redirect_url()}


def _note(request: Request, action: str, summary: str, user: User | None) -> None:
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
    """End the session."""
    user = request.user
    end_session(request)
    _note(request, "logout", f"退出：{user}", user)
    return redirect("units:login")
