"""定稿: the periods of the year, and one of them with what is missing and open."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress import finalize as finalizing
from progress.access import plan_or_404
from progress.lights import Light
from progress.models import Period, PeriodState, TaskPeriod
from progress.opening import ensure_reports, open_due_periods
from progress.owed import filing_state, owed
from tasks import workflow
from tasks.models import Plan
from units.http import Request
from units.permissions import can_run_the_year, require


def _plan(request: Request, slug: str) -> Plan:
    require(can_run_the_year(request.actor))
    return plan_or_404(request, slug)


@require_safe
def periods(request: Request, slug: str) -> HttpResponse:
    """All periods: the open ones first, then what is finalized, then what is to come."""
    plan = _plan(request, slug)
    found = list(Period.objects.filter(plan=plan).order_by("data_as_of", "cycle"))
    groups = {
        "报送中": [p for p in found if not p.is_finalized and p.opens_on <= request.today],
        "已定稿": [p for p in reversed(found) if p.is_finalized],
        "未开始": [p for p in found if p.opens_on > request.today],
    }
    context = {
        "plan": plan,
        "groups": {name: those for name, those in groups.items() if those},
        "other_plans": Plan.objects.visible_to(request.actor).exclude(pk=plan.pk),
    }
    return render(request, "progress/periods.html", context)


@require_safe
def period(request: Request, slug: str, pk: int) -> HttpResponse:
    """What is missing, what is open, and what 定稿 would freeze."""
    plan = _plan(request, slug)
    found = get_object_or_404(Period.objects.select_related("plan"), plan=plan, pk=pk)
    ensure_reports(found, request.today)
    reports = list(owed(found).order_by("responsibility__unit__ordinal", "pk"))
    states = [(report, filing_state(report, request.today)) for report in reports]
    frozen = _frozen(found, request)
    context = {
        "plan": plan,
        "period": found,
        "counts": Counter(state for _, state in states).most_common(),
        "missing": [(r, s) for r, s in states if r.first_left_at is None],
        "open": [(r, s) for r, s in states if r.first_left_at is not None and s != "accepted"],
        "owed_count": len(reports),
        "lights": [
            (light, count)
            for light in Light.values
            if (count := sum(row.light == light for row in frozen))
        ],
        "judged_count": len(frozen),
        "why_not": finalizing.why_not(found, request.today),
    }
    return render(request, "progress/period.html", context)


@require_POST
def activate(request: Request, slug: str) -> HttpResponse:
    """启用 a draft: the year begins."""
    plan = workflow.activate(plan=_plan(request, slug), actor=request.actor, now=request.now)
    open_due_periods(plan, request.today)
    messages.success(request, f"{plan.year}年度责任分解已启用。")
    return redirect("progress:periods", slug)


def _frozen(found: Period, request: Request) -> list[TaskPeriod]:
    """The frozen rows; before 定稿 those that it would write."""
    if found.state == PeriodState.FINALIZED:
        return list(TaskPeriod.objects.filter(period=found))
    return finalizing.rows_to_freeze(found, request.now)


@require_POST
def finalize(request: Request, slug: str, pk: int) -> HttpResponse:
    """定稿."""
    plan = _plan(request, slug)
    found = get_object_or_404(Period, plan=plan, pk=pk)
    done = finalizing.finalize(period=found, actor=request.actor, now=request.now)
    messages.success(request, f"{done}已定稿。")
    return redirect("progress:period", slug, pk)
