"""人员: the list by unit, and the form by which somebody new comes in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from units.http import Request
from units.models import PowerRequest, Role, Unit
from units.once.claims import once
from units.people.saved import NotSaved
from units.permissions import can_administer, require
from units.powers.acts import WAITS
from units.staff import acts
from units.staff.forms import NewPersonForm
from units.staff.page import STATES, Asked, list_page

LONGEST_NUMBER = 9


@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: Request) -> HttpResponse:
    """The list; who is made is answered with the first password, once."""
    require(can_administer(request.actor))
    if request.method != "POST":
        return _page(request, _new_form(request))
    form = NewPersonForm(request.POST, today=request.today)
    if form.is_valid():
        try:
            with once(request, "该人员已新增过，没有重复登记。") as claim:
                user, password, waits = acts.new_person(
                    actor=request.actor, now=request.now, **form.cleaned_data
                )
                claim.leads_to("units:person", user.pk)
        except NotSaved as refusal:
            refusal.say_in(form)
        else:
            if waits is not None:
                return waiting(request, waits)
            return password_slip(request, [(user, password)], reverse("units:people"))
    return _page(request, form, status=409)


def waiting(request: Request, asked: PowerRequest) -> HttpResponse:
    """It stands once a second person has confirmed it: to the page where that is seen."""
    messages.success(request, f"{asked}：{WAITS}")
    return redirect("units:powers")


def password_slip(
    request: Request, passwords: list[tuple[Any, str]], back: str, *, is_reset: bool = False
) -> HttpResponse:
    """The page itself carries the passwords: a message would keep them in a cookie."""
    context = {"passwords": passwords, "back": back, "is_reset": is_reset}
    answer = render(request, "units/staff/password_slip.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _new_form(request: Request) -> NewPersonForm:
    """Empty, or for the unit of `?at=`."""
    given = _number(request.GET.get("at", ""))
    unit = Unit.objects.filter(pk=given).first() if given is not None else None
    initial = {"starts_on": request.today} | ({"unit": unit, "role": Role.REPORTER} if unit else {})
    return NewPersonForm(initial=initial, today=request.today)


def _page(request: Request, form: NewPersonForm, *, status: int = 200) -> HttpResponse:
    asked = Asked(
        state=request.GET.get("state", "") if request.GET.get("state") in STATES else "",
        words=request.GET.get("q", "").strip()[:40],
        role=request.GET.get("role", ""),
        unit=_number(request.GET.get("unit", "")),
    )
    context = {
        "page": list_page(request.today, timezone.now(), asked),
        "asked": asked,
        "units": Unit.objects.current(request.today),
        "roles": Role.choices,
        "form": form,
    }
    return render(request, "units/staff/people.html", context, status=status)


def _number(given: str) -> int | None:
    is_number = given.isascii() and given.isdecimal() and len(given) <= LONGEST_NUMBER
    return int(given) if is_number else None
