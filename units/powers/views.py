"""待确认: what an administrator asked for, for the second person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from units.http import Request
from units.models import PowerRequest
from units.permissions import require
from units.powers import deciding, page, rules
from units.powers.forms import RefuseForm


@require_safe
def powers(request: Request) -> HttpResponse:
    require(rules.can_see(request.actor))
    return _page(request)


@require_POST
def power_confirm(request: Request, pk: int) -> HttpResponse:
    """The page itself carries a first password: a message would keep it in a cookie."""
    asked = _asked_or_404(request, pk)
    password = deciding.confirm(asked=asked, actor=request.actor, now=request.now)
    if password:
        context = {"asked": asked, "password": password}
        return render(request, "units/powers/handed_over.html", context)
    messages.success(request, f"已确认：{asked}。")
    return redirect("units:powers")


@require_POST
def power_refuse(request: Request, pk: int) -> HttpResponse:
    asked = _asked_or_404(request, pk)
    require(rules.can_confirm(request.actor, asked))
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, refusing=asked.pk, form=form)
    deciding.refuse(
        asked=asked, reason=form.cleaned_data["reason"], actor=request.actor, now=request.now
    )
    messages.success(request, f"已登记不同意：{asked}。")
    return redirect("units:powers")


@require_POST
def power_withdraw(request: Request, pk: int) -> HttpResponse:
    asked = _asked_or_404(request, pk)
    deciding.withdraw(asked=asked, actor=request.actor, now=request.now)
    messages.success(request, f"已撤回：{asked}。")
    return redirect("units:powers")


def _asked_or_404(request: Request, pk: int) -> PowerRequest:
    require(rules.can_see(request.actor))
    return get_object_or_404(PowerRequest.objects.select_related("user"), pk=pk)


def _page(
    request: Request, *, refusing: int | None = None, form: RefuseForm | None = None
) -> HttpResponse:
    context = {
        "lines": page.lines(request.actor, request.today),
        "decided": page.decided(request.today),
        "has_auditor": rules.has_auditor(),
        "refusing": refusing,
        "form": form,
    }
    status = 409 if form is not None else 200
    return render(request, "units/powers/powers.html", context, status=status)
