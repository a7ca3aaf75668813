"""What a person does with the own account: the password, and as whom they act."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from units import log
from units.http import Request
from units.people.acting import switch_to
from units.people.forms import OwnPasswordForm, SwitchForm


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_change(request: Request) -> HttpResponse:
    """Compulsory at the first login; open to everyone later."""
    posted = request.POST if request.method == "POST" else None
    form = OwnPasswordForm(request.user, posted)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            user = form.save()
            user.must_change_password = False
            user.save(update_fields=["must_change_password"])
            log.record(
                action="password.change", summary=f"修改密码：{user}", user=user, now=request.now
            )
        update_session_auth_hash(request, user)
        messages.success(request, "密码已修改。")
        return redirect("/")
    context = {"form": form, "is_first": request.user.must_change_password}
    return render(request, "units/people/password_change.html", context)


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
