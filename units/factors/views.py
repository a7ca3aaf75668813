"""登录保护: what a person has, and setting up more. Who has a factor proves it first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from units.errors import NotNow
from units.factors import acts, required, ways
from units.factors.certificate import subject_of
from units.factors.codes import new_codes
from units.factors.forms import DeviceForm, ProveForm, SheetForm, TokenForm
from units.factors.left import say_what_is_left
from units.factors.qr import address_of, drawing, secret_of
from units.factors.setting_up import Setup, forget, setup_of
from units.guard import sessions
from units.guard.refused import note_wrong_code
from units.http import Request
from units.models import CodeKind

View = Callable[..., HttpResponse]
SHOWN_FIELDS = {
    ways.PHONE: ("code",),
    ways.TOKEN: ("seed_typed", "step", "digits", "code"),
    ways.SHEET: ("code",),
}
NO_CERTIFICATE = "没有读到数字证书，请插好UKey，用证书打开本页后再绑定。"
NEEDED = "督查室、系统管理员、审计员须启用登录保护，不能停用。"


def when_on(view: View) -> View:
    """404 where SECOND_FACTOR is off."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not required.is_on():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def after_proof(view: View) -> View:
    """Who has a factor has proved it within ten minutes; else they prove it first."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not required.is_fresh(request) and ways.ways_of(request.user):
            return redirect(f"{reverse('units:factor_prove')}")
        return view(request, *args, **kwargs)

    return guarded


@when_on
@require_safe
def factors(request: Request) -> HttpResponse:
    """What is set up, what is left of it, and what may be set up."""
    held = ways.ways_of(request.user)
    context = {
        "ways": held,
        "words": ways.WORDS,
        "is_asked": required.is_asked_of(request.appointments),
        "must": required.must_set_up(request, request.user, request.appointments),
        "days_left": required.days_left(request, request.user, request.appointments),
        "has_certificates": bool(settings.CLIENT_CERT_HEADER),
        "subject": subject_of(request),
    }
    return render(request, "units/factors/factors.html", context)


@sensitive_post_parameters("code")
@when_on
@require_http_methods(["GET", "POST"])
def factor_prove(request: Request) -> HttpResponse:
    """One code, before a factor is changed."""
    form = ProveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = ways.check(request.user, form.cleaned_data["code"])
        if answer:
            required.mark(request, answer.way)
            say_what_is_left(request, request.user, answer.way)
            return redirect("units:factors")
        note_wrong_code(request, request.user)
        form.add_error("code", answer.problem)
    return render(request, "units/factors/prove.html", {"form": form})


@sensitive_post_parameters("code", "seed_typed")
@when_on
@after_proof
@require_http_methods(["GET", "POST"])
def factor_new(request: Request, way: str) -> HttpResponse:
    """Set one up: what the page shows is good from the moment on at which it is proved."""
    if way not in SHOWN_FIELDS:
        raise Http404
    setup = setup_of(request, way)
    form = _form(setup, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _set_up(request, setup, form)
        forget(request)
        sessions.end_others(request.user, request.session.session_key)
        request.session.pop(required.USED_UP, None)
        required.mark(request, way)
        messages.success(request, f"{ways.WORDS[way]}已启用。")
        return redirect("/")
    context: dict[str, Any] = {
        "way": way,
        "form": form,
        "fields": [form[name] for name in SHOWN_FIELDS[way]],
        "setup": setup,
    }
    if way == ways.PHONE:
        names = {"account": request.user.username, "issuer": settings.OFFICE_NAMES["organisation"]}
        context["qr"] = drawing(address_of(setup.seed, **names))
        secret = secret_of(setup.seed)
        context["secret"] = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
    return render(request, "units/factors/factor_new.html", context)


def _form(setup: Setup, posted: Any) -> Any:
    if setup.way == ways.SHEET:
        return SheetForm(posted, first=setup.shown[0])
    kind = TokenForm if setup.way == ways.TOKEN else DeviceForm
    return kind(posted, seed=setup.seed)


def _set_up(request: Request, setup: Setup, form: Any) -> None:
    if setup.way == ways.SHEET:
        acts.set_up_sheet(user=request.user, sheet=setup.shown, now=request.now)
        return
    is_token = setup.way == ways.TOKEN
    shape = {name: form.cleaned_data[name] for name in ("step", "digits")} if is_token else {}
    acts.set_up_device(
        user=request.user,
        name=setup.way,
        seed=form.seed,
        proved=form.proved,
        recovery=setup.shown,
        now=request.now,
        **shape,
    )


@when_on
@after_proof
@require_safe
def factor_codes(request: Request, way: str) -> HttpResponse:
    """What the page of setting up shows, as a text to be kept on paper."""
    if way not in SHOWN_FIELDS:
        raise Http404
    setup = setup_of(request, way)
    head = (
        f"{ways.WORDS[ways.SHEET if way == ways.SHEET else ways.RECOVERY]} {request.user.username}"
    )
    lines = [head, *(f"{n:>2}  {code}" for n, code in enumerate(setup.shown, 1))]
    day = timezone.localdate()
    response = HttpResponse("\r\n".join(lines) + "\r\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="codes-{day:%Y%m%d}.txt"'
    return response


@when_on
@after_proof
@require_POST
def factor_recovery(request: Request) -> HttpResponse:
    """New recovery codes, shown once; those before open nothing."""
    if not ways.ways_of(request.user).devices:
        raise NotNow("恢复码随手机验证器或硬件令牌使用，请先启用其中一种。")
    fresh = new_codes(CodeKind.RECOVERY)
    acts.renew_recovery(user=request.user, recovery=fresh, now=request.now)
    return render(request, "units/factors/recovery.html", {"codes": fresh})


@when_on
@after_proof
@require_POST
def factor_certificate(request: Request) -> HttpResponse:
    """Bind the certificate with which this page was asked for."""
    subject = subject_of(request)
    if not subject:
        raise NotNow(NO_CERTIFICATE)
    acts.bind_certificate(user=request.user, subject=subject, now=request.now)
    request.session.pop(required.USED_UP, None)
    required.mark(request, ways.CERTIFICATE)
    messages.success(request, f"{ways.WORDS[ways.CERTIFICATE]}已绑定。")
    return redirect("units:factors")


@when_on
@after_proof
@require_POST
def factor_stop(request: Request) -> HttpResponse:
    """Do without again, of whom none is asked."""
    if required.is_asked_of(request.appointments):
        raise NotNow(NEEDED)
    acts.stop(user=request.user, now=request.now)
    for key in (required.WAY, required.USED_UP):
        request.session.pop(key, None)
    messages.success(request, "登录保护已停用。")
    return redirect("units:factors")
