"""One person: details, appointments, and the acts, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from units.errors import NotNow
from units.http import Request
from units.models import Appointment, User
from units.once.claims import once
from units.people.saved import NotSaved
from units.permissions import can_administer, require
from units.staff import acts
from units.staff.forms import AppointForm, EditForm, EndForm, stand_in_for
from units.staff.page import person_of
from units.staff.views import password_slip, waiting

MARKED = "请修改标出的内容；已填写的都保留在本页。"
TWICE = "该任职已登记过，没有重复登记。"


@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: Request, pk: int) -> HttpResponse:
    """A new password is answered with the page that shows it, once."""
    require(can_administer(request.actor))
    user = get_object_or_404(User, pk=pk)
    if request.method != "POST":
        return _page(request, user)
    act = request.POST.get("act", "")
    if act == "reset":
        done = acts.reset(user=user, actor=request.actor, now=request.now)
        if done.waits is not None:
            return waiting(request, done.waits)
        back = reverse("units:person", args=[pk])
        return password_slip(request, [(user, done.password)], back, is_reset=True)
    if act in CLICKS:
        return _clicked(request, user, act)
    if act not in FORMS:
        return _page(request, user, status=409)
    return _sent(request, user, act)


def _clicked(request: Request, user: User, act: str) -> HttpResponse:
    """What a click does; it has nothing to fill in."""
    verb, told = CLICKS[act]
    try:
        waits = verb(user=user, actor=request.actor, now=request.now)
    except NotNow as refusal:
        messages.error(request, str(refusal))
        return _page(request, user, status=409)
    if waits is not None:
        return waiting(request, waits)
    messages.success(request, told.format(user=user))
    return redirect("units:person", user.pk)


def _sent(request: Request, user: User, act: str) -> HttpResponse:
    """Carry the form out; what stands against it is said at its fields."""
    held = _held(request, user) if act in ("end", "stand_in") else None
    form = _form(request, user, act, held, request.POST)
    if form.is_valid():
        verb, told = FORMS[act]
        subject = {"held": held} if held is not None else {"user": user}
        try:
            with once(request, TWICE) as claim:
                waits = verb(actor=request.actor, now=request.now, **subject, **form.cleaned_data)
                claim.leads_to("units:person", user.pk)
        except NotSaved as refusal:
            refusal.say_in(form)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            if waits is not None:
                return waiting(request, waits)
            messages.success(request, told.format(user=user))
            return redirect("units:person", user.pk)
    messages.error(request, MARKED)
    return _page(request, user, {act: form}, held, status=409)


def _held(request: Request, user: User) -> Appointment:
    given = request.POST.get("held", "")
    pk = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
    found: Appointment = get_object_or_404(Appointment, pk=pk, user=user)
    return found


def _form(
    request: Request, user: User, act: str, held: Appointment | None, data: Any = None
) -> forms.Form:
    """Each with ids of its own: they stand on one page."""
    if act == "edit":
        initial = {name: getattr(user, name) for name in EditForm.base_fields}
        return EditForm(data, initial=initial, auto_id="edit_%s")
    if act == "appoint":
        return AppointForm(data, today=request.today, auto_id="appoint_%s")
    if act == "end":
        return EndForm(data, auto_id="end_%s", initial={"ends_on": request.today})
    assert held is not None  # of `stand_in`
    return stand_in_for(held, data)


def _page(
    request: Request,
    user: User,
    typed: dict[str, forms.Form] | None = None,
    held: Appointment | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """`?do=end|stand_in&held=` opens the form for one appointment."""
    own = person_of(user)
    asked = next(iter(typed or {}), request.GET.get("do", ""))
    if held is None and asked in ("end", "stand_in"):
        held = next((each for each in own if str(each.pk) == request.GET.get("held")), None)
    given = typed or {}
    open_form = asked if held is not None else ""
    context = {
        "person": user,
        "rows": [(each, each.is_not_over(request.today)) for each in own],
        "edit": given.get("edit") or _form(request, user, "edit", None),
        "appoint": given.get("appoint") or _form(request, user, "appoint", None),
        "held": held,
        "open_act": open_form,
        "open_form": (given.get(asked) or _form(request, user, asked, held)) if open_form else None,
        "is_own": user.pk == request.user.pk,
    }
    return render(request, "units/staff/person.html", context, status=status)


def _stop(**given: Any) -> acts.Waits:
    return acts.set_active(is_active=False, **given)


def _start(**given: Any) -> acts.Waits:
    return acts.set_active(is_active=True, **given)


Verb = Callable[..., Any]
CLICKS: dict[str, tuple[Verb, str]] = {
    "unlock": (acts.unlock, "已解除{user}的登录锁定。"),
    "reset_factor": (acts.reset_factor, "已重置{user}的登录保护，下次登录须重新设置。"),
    "stop": (_stop, "已停用{user}的账号；任职和历史不变。"),
    "start": (_start, "已启用{user}的账号。"),
}
FORMS: dict[str, tuple[Verb, str]] = {
    "edit": (acts.edit, "已保存。"),
    "appoint": (acts.appoint, "已新增{user}的任职。"),
    "end": (acts.end, "已登记{user}任职的最后一天。"),
    "stand_in": (acts.stand_in, "已登记代行{user}的任职。"),
}
