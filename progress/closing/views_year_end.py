"""调整与办结 of one item, scans of approvals, and 年终结果 of the year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from progress.adjustments.page import adjustment_or_404, asked_in_words
from progress.adjustments.permissions import can_ask_for
from progress.closing import outcomes as deciding
from progress.closing.forms import CarryForm, OutcomeForm
from progress.closing.views import closure_or_404
from progress.models import Adjustment, AdjustmentKind, Closure, Outcome
from progress.periods.access import item_or_404, plan_or_404
from tasks.models import Plan, Task
from units.errors import NotNow
from units.face.act_forms import first_error
from units.files.approval_files import scan_file
from units.http import Request
from units.permissions import can_run_the_year, require

UNDECIDED = "undecided"


@require_safe
def item_decisions(request: Request, slug: str, item_kind: str, number: int) -> HttpResponse:
    """What was asked and decided of one item, and what may be asked for now."""
    task = item_or_404(request, slug, item_kind, number)
    asked = Adjustment.objects.visible_to(request.actor).filter(task=task)
    adjustments = list(asked.select_related("unit", "approval").order_by("-requested_at"))
    closures = Closure.objects.visible_to(request.actor).filter(task=task)
    words = asked_in_words(adjustments)
    context = {
        "plan": task.plan,
        "task": task,
        "rows": [(each, words[each.pk]) for each in adjustments],
        "closures": closures.select_related("approval").order_by("-claimed_at"),
        "may_ask": can_ask_for(request.actor, task, request.today),
        "kinds": AdjustmentKind.choices,
    }
    return render(request, "progress/closing/item_decisions.html", context)


@require_safe
def adjustment_scan(request: Request, slug: str, pk: int) -> HttpResponseBase:
    """The scan behind an adjustment."""
    return scan_file(request, adjustment_or_404(request, slug, pk).approval)


@require_safe
def closure_scan(request: Request, slug: str, pk: int) -> HttpResponseBase:
    """The scan behind a closing."""
    return scan_file(request, closure_or_404(request, slug, pk).approval)


@require_http_methods(["GET", "HEAD", "POST"])
def outcomes(request: Request, slug: str) -> HttpResponse:
    """年终结果 item by item: GET shows, POST sets one."""
    plan = _plan(request, slug)
    if request.method != "POST":
        return _page(request, plan)
    form = OutcomeForm(request.POST, tasks=Task.objects.filter(plan=plan))
    return _done(request, plan, form, deciding.set_outcome, "年终结果已认定")


@require_http_methods(["POST"])
def carry_over(request: Request, slug: str) -> HttpResponse:
    """结转 of one item into the item of a later year that continues it."""
    plan = _plan(request, slug)
    tasks = Task.objects.filter(plan=plan)
    form = CarryForm(request.POST, tasks=tasks, later=_later(request, plan))
    return _done(request, plan, form, deciding.carry_over, "已登记由下一年度承接")


def _plan(request: Request, slug: str) -> Plan:
    require(can_run_the_year(request.actor))
    return plan_or_404(request, slug)


def _done(request: Request, plan: Plan, form: OutcomeForm, act: Any, done: str) -> HttpResponse:
    problem = ""
    if not form.is_valid():
        problem = first_error(form)
    else:
        said = form.cleaned_data
        said["task"].plan = plan
        try:
            act(actor=request.actor, now=request.now, **said)
        except NotNow as refusal:
            problem = str(refusal)
    if problem:
        messages.error(request, problem)
        return _page(request, plan, form)
    messages.success(request, f"{form.cleaned_data['task'].code}{done}。")
    return redirect("progress:outcomes", plan.slug)


def _page(request: Request, plan: Plan, form: OutcomeForm | None = None) -> HttpResponse:
    every = deciding.outcomes_of(plan)
    chosen = request.GET.get("outcome", "")
    known = {**dict(Outcome.choices), UNDECIDED: "未认定"}
    shown = [row for row in every if (row.outcome or UNDECIDED) == chosen]
    rows = shown if chosen in known else every
    counts = [
        (value, label, sum((row.outcome or UNDECIDED) == value for row in every))
        for value, label in known.items()
    ]
    context = {
        "plan": plan,
        "rows": rows,
        "counts": counts,
        "total": len(every),
        "chosen": chosen if chosen in known else "",
        "choices": Outcome.choices,
        "later": _later(request, plan),
        "form": form,
    }
    return render(request, "progress/closing/outcomes.html", context, status=409 if form else 200)


def _later(request: Request, plan: Plan) -> Any:
    later = Task.objects.visible_to(request.actor).filter(plan__year__gt=plan.year)
    return later.select_related("plan")
