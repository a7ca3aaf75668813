"""首次启用: the key and the first administrator, before anybody can log in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from units import log
from units.entrance.entering import begin
from units.errors import NotNow
from units.first_run import keys
from units.first_run.entering import the_run
from units.first_run.forms import FirstAdminForm
from units.first_run.steps import to_go_on
from units.http import Request, posted
from units.models import User
from units.permissions import can_administer, require

DONE = "首次启用已经完成。名称、单位和账号请在系统管理中维护。"


@login_not_required
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def first_run(request: Request) -> HttpResponse:
    """On an empty system the form of the key; later the administrator is led to where to go on."""
    user: object = request.user
    if isinstance(user, User):
        require(can_administer(request.actor))
        return redirect(to_go_on()) if the_run() is not None else finished(request)
    if not keys.is_empty():
        return redirect("units:login")
    form = FirstAdminForm(posted(request))
    if request.method == "POST" and form.is_valid() and _begun(request, form):
        return redirect(to_go_on())
    status = 409 if request.method == "POST" else 200
    return render(request, "units/first_run/start.html", {"form": form}, status=status)


def _begun(request: Request, form: FirstAdminForm) -> bool:
    key = form.cleaned_data["key"]
    refusal = keys.opens(key)
    if refusal:
        form.add_error("key", refusal)
        if refusal == keys.WRONG:
            log.record(action="firstrun.wrong_key", summary="启用码输入有误", now=request.now)
        return False
    try:
        user = keys.begin(
            key=key,
            user=form.save(commit=False),
            password=form.cleaned_data["password1"],
            now=request.now,
        )
    except NotNow as refused:
        form.add_error("key", str(refused))
        return False
    begin(request, user, "")
    return True


def finished(request: Request) -> HttpResponse:
    """Nothing is under way."""
    messages.info(request, DONE)
    return redirect("/")
