"""定稿: the periods of the year, and one of them with what is missing and open."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress.finalizing import finalize as finalizing
from progress.finalizing.forms import FinalizeForm, PeriodForm
from progress.finalizing.page import page_of_period
from progress.finalizing.rescheduling import move_period
from progress.models import Period, PeriodState
from progress.periods.access import periods_of, plan_or_404
from progress.periods.opening import open_due_periods
from tasks import workflow
from tasks.models import Plan
from units.errors import NotNow
from units.http import Request
from units.permissions import can_run_the_year, require


def _plan(request: Request, slug: str) -> Plan:
    require(can_run_the_year(request.actor))
    return plan_or_404(request, slug)


@require_safe
def periods(request: Request, slug: str) -> HttpResponse:
    """All periods: the open ones first, then what is finalized, then what is to come."""
    plan = _plan(request, slug)
    found = periods_of(plan)
    groups = {
        "报送中": [p for p in found if p.is_open(request.today)],
        "已定稿": [p for p in reversed(found) if p.is_finalized],
        "未开始": [p for p in found if p.opens_on > request.today and not p.is_before],
        PeriodState.BEFORE.label: [p for p in found if p.is_before],
    }
    if request.GET.get("waiting") == "1":
        groups = {"待定稿": [p for p in groups["报送中"] if p.closes_on <= request.today]}
    context = {
        "plan": plan,
        "groups": {name: those for name, those in groups.items() if those},
        "other_plans": Plan.objects.visible_to(request.actor).exclude(pk=plan.pk),
    }
    return render(request, "progress/finalizing/periods.html", context)


@require_safe
def period(request: Request, slug: str, pk: int) -> HttpResponse:
    """What is missing, what is open, and what 定稿 freezes or froze."""
    return _page(request, _period(request, slug, pk))


def _period(request: Request, slug: str, pk: int) -> Period:
    plan = _plan(request, slug)
    found = next((each for each in periods_of(plan) if each.pk == pk), None)
    if found is None:
        raise Http404
    found.plan = plan
    return found


def _page(
    request: Request,
    found: Period,
    move: PeriodForm | None = None,
    finalize: FinalizeForm | None = None,
) -> HttpResponse:
    dates = {name: getattr(found, name) for name in ("opens_on", "due_on", "closes_on")}
    context = {
        "plan": found.plan,
        "period": found,
        "move": move or PeriodForm(initial=dates),
        "page": page_of_period(found, request.now),
        "is_future": request.today < found.opens_on,
        "why_not": finalizing.why_not(found, request.today),
        "finalize": finalize or FinalizeForm(),
    }
    status = 409 if move or finalize else 200
    return render(request, "progress/finalizing/period.html", context, status=status)


@require_POST
def move(request: Request, slug: str, pk: int) -> HttpResponse:
    """调整本期日期 for everybody, with a note; everybody who owes something is told."""
    found = _period(request, slug, pk)
    form = PeriodForm(request.POST)
    if form.is_valid():
        try:
            given: Any = {"period": found, "actor": request.actor, "now": request.now}
            moved = move_period(**given, **form.cleaned_data)
        except NotNow as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{moved}的日期已调整，并已通知各单位。")
            return redirect("progress:period", slug, pk)
    return _page(request, found, form)


@require_POST
def activate(request: Request, slug: str) -> HttpResponse:
    """启用 a draft: the year begins."""
    plan = workflow.activate(plan=_plan(request, slug), actor=request.actor, now=request.now)
    open_due_periods(plan, request.today)
    messages.success(request, f"{plan.year}年度责任分解已启用。")
    return redirect("progress:periods", slug)


@require_POST
def finalize(request: Request, slug: str, pk: int) -> HttpResponse:
    """定稿."""
    plan = _plan(request, slug)
    found = get_object_or_404(Period, plan=plan, pk=pk)
    form = FinalizeForm(request.POST)
    try:
        given: Any = {"period": found, "actor": request.actor, "now": request.now}
        done = finalizing.finalize(**given, reason=form.text)
    except NotNow as problem:
        if not form.text:
            raise
        form.add_error("reason", str(problem))  # nothing typed is lost
        return _page(request, _period(request, slug, pk), finalize=form)
    messages.success(request, f"{done}已定稿。")
    return redirect("progress:period", slug, pk)
