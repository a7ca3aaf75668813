"""What a person does with the own account: the password, and as whom they act."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from units import log
from units.guard import sessions, tries
from units.guard.refused import note_wrong_old_password
from units.guard.told import tell
from units.http import Request
from units.models import TryKind
from units.people.accounts import NOT_YOU
from units.people.acting import switch_to
from units.people.forms import OwnPasswordForm, SwitchForm

TOO_OFTEN = "原密码连续输错，已退出登录。请重新登录；忘记密码请联系系统管理员重置。"


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_change(request: Request) -> HttpResponse:
    """Compulsory at the first login, and where a period is set; open to everyone later."""
    posted = request.POST if request.method == "POST" else None
    form = OwnPasswordForm(request.user, posted)
    if request.method == "POST":
        who = str(request.user.pk)
        if not tries.take(TryKind.OLD_PASSWORD, who).is_allowed:
            return _too_often(request)
        if form.is_valid():
            tries.succeed(TryKind.OLD_PASSWORD, who)
            _change(request, form)
            messages.success(request, "密码已修改，其他地方的登录已退出。")
            return redirect("/")
        if form.has_error("old_password", "password_incorrect"):
            note_wrong_old_password(request, request.user)
        else:
            tries.give_back(TryKind.OLD_PASSWORD, who)
    is_old = request.must_change and not request.user.must_change_password
    context = {"form": form, "is_first": request.user.must_change_password, "is_old": is_old}
    return render(request, "units/people/password_change.html", context)


def _change(request: Request, form: OwnPasswordForm) -> None:
    before = request.session.session_key or ""
    with transaction.atomic():
        user = form.save()
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])
        tell(user, f"您的密码已修改。{NOT_YOU}", now=request.now)
        log.record(
            action="password.change", summary=f"修改密码：{user}", user=user, now=request.now
        )
    update_session_auth_hash(request, user)
    sessions.moved(before, request.session.session_key or "")
    sessions.end_others(user, request.session.session_key)


def _too_often(request: Request) -> HttpResponse:
    """Whoever sits at an open session and guesses is out of it."""
    note_wrong_old_password(request, request.user)
    sessions.ended(request.session.session_key)
    end_session(request)
    messages.error(request, TOO_OFTEN)
    return redirect("units:login")


@require_POST
def switch(request: Request) -> HttpResponse:
    """当前身份: act under another of one's own appointments from now on."""
    form = SwitchForm(request.POST, user=request.user, day=request.today)
    if not form.is_valid():
        messages.error(request, str(form.errors["appointment"][0]))
        return redirect("/")
    appointment = form.cleaned_data["appointment"]
    switch_to(request, appointment)
    messages.success(request, f"当前身份：{appointment.label}。")
    return redirect("/")
