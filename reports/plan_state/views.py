"""年度状态 of one plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress.periods.access import plan_or_404
from reports.plan_state import acts
from reports.plan_state.checks import obstacles
from reports.plan_state.forms import DecisionForm
from tasks import workflow
from tasks.models import Plan, PlanState
from units.errors import NotNow
from units.face.act_forms import first_error
from units.http import Request
from units.permissions import can_run_the_year, require


def _plan(request: Request, slug: str) -> Plan:
    require(can_run_the_year(request.actor))
    return plan_or_404(request, slug)


@require_safe
def plan_state(request: Request, slug: str) -> HttpResponse:
    """What it is, what stands in the way of 归档, and the acts."""
    return _page(request, _plan(request, slug))


def _page(request: Request, plan: Plan, form: DecisionForm | None = None) -> HttpResponse:
    context = {
        "plan": plan,
        "obstacles": obstacles(plan, request.today) if plan.state == PlanState.ACTIVE else [],
        "main": Plan.objects.filter(year=plan.year, is_main=True).exclude(pk=plan.pk).first(),
        "form": form,
    }
    status = 409 if form is not None else 200
    return render(request, "reports/plan_state/plan_state.html", context, status=status)


@require_POST
def plan_archive(request: Request, slug: str) -> HttpResponse:
    """归档."""
    done = "{plan.year}年度已归档，只能查看；归档包正在生成，完成后发送消息。"
    return _decided(request, slug, acts.archive, done)


@require_POST
def plan_reopen(request: Request, slug: str) -> HttpResponse:
    """重新打开."""
    return _decided(request, slug, acts.reopen, "{plan.year}年度已重新打开，可以办理。")


def _decided(request: Request, slug: str, act: Any, done: str) -> HttpResponse:
    plan, form = _plan(request, slug), DecisionForm(request.POST)
    problem = "" if form.is_valid() else first_error(form)
    if not problem:
        try:
            act(plan=plan, actor=request.actor, now=request.now, **form.cleaned_data)
        except NotNow as refusal:
            problem = str(refusal)
    if problem:
        messages.error(request, problem)
        return _page(request, plan, form)
    messages.success(request, done.format(plan=plan))
    return redirect("reports:plan_state", slug)


@require_POST
def plan_main(request: Request, slug: str) -> HttpResponse:
    """列入主系列, or 改为专项."""
    plan = _plan(request, slug)
    is_main = request.POST.get("is_main") == "1"
    workflow.mark_main(plan=plan, is_main=is_main, actor=request.actor, now=request.now)
    messages.success(request, f"已{'列入主系列' if is_main else '改为专项'}。")
    return redirect("reports:plan_state", slug)
