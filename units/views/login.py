"""Coming in and going out. Both, and every failed try, go into the log."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huangshi_tasks.lib import clock
from units import log
from units.forms import LoginForm


@method_decorator([login_not_required, never_cache], name="dispatch")
class Login(LoginView):
    """Django's own login with our form; who is in already goes on."""

    template_name = "units/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        user = form.get_user()
        _note("login", f"登录：{user}", user)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        name = str(form.data.get("username", ""))[:60]
        known = get_user_model().objects.filter(username=name).first()
        _note("login.failed", f"登录失败：{name}", known)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"next": self.get_redirect_url()}


@transaction.atomic
def _note(action: str, summary: str, user: Any) -> None:
    log.record(action=action, summary=summary, user=user, now=clock.now())


login = Login.as_view()


@require_POST
def logout(request: HttpRequest) -> HttpResponseBase:
    """End the session."""
    user = request.user
    end_session(request)
    _note("logout", f"退出：{user}", user)
    return redirect("units:login")
