"""启用时遗留: the office's list, and what it does there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress.periods.access import plan_or_404
from progress.starting import acts
from progress.starting.forms import NumberForm, SolveForm
from progress.starting.left_open import groups_of, questions_of
from tasks.models import LeftOpen, NoticeDraft, Plan
from units.errors import NotNow
from units.http import Request
from units.permissions import can_run_the_year, require


@require_safe
def left_open(request: Request, slug: str) -> HttpResponse:
    """What is still open, by kind, and what was solved."""
    return _page(request, _plan(request, slug))


@require_POST
def left_open_solve(request: Request, slug: str, pk: int) -> HttpResponse:
    """What came of one question."""
    plan = _plan(request, slug)
    question = get_object_or_404(LeftOpen, plan=plan, pk=pk)
    form = _form(pk, request.POST)
    if form.is_valid():
        try:
            given: Any = {"question": question, "actor": request.actor, "now": request.now}
            acts.solve(**given, **form.cleaned_data)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已登记处理情况。")
            return redirect("progress:left_open", slug)
    return _page(request, plan, tried=(pk, form))


@require_POST
def left_open_number(request: Request, slug: str) -> HttpResponse:
    """补登文号."""
    plan = _plan(request, slug)
    form = NumberForm(request.POST)
    if form.is_valid():
        try:
            given: Any = {"plan": plan, "actor": request.actor, "now": request.now}
            acts.give_number(**given, **form.cleaned_data)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "文号已登记。")
            return redirect("progress:left_open", slug)
    return _page(request, plan, number=form)


def _form(pk: int, data: Any = None) -> SolveForm:
    return SolveForm(data, auto_id=f"question-{pk}-%s")


def _plan(request: Request, slug: str) -> Plan:
    require(can_run_the_year(request.actor))
    return plan_or_404(request, slug)


def _page(
    request: Request,
    plan: Plan,
    tried: tuple[int, forms.Form] | None = None,
    number: forms.Form | None = None,
) -> HttpResponse:
    """`tried`: the question with a form that was refused."""
    pk, form = tried or (0, None)
    questions = [
        (each, form if each.pk == pk and form else _form(each.pk)) for each in questions_of(plan)
    ]
    groups = groups_of(plan, request.today)
    context = {
        "plan": plan,
        "draft": NoticeDraft.objects.filter(plan=plan).first(),
        "groups": groups,
        "questions": questions,
        "solved": LeftOpen.objects.filter(plan=plan).exclude(solved_at=None).select_related("task"),
        "number": number or NumberForm(),
        "count": sum(each.count for each in groups) + len(questions),
    }
    status = 409 if form or number else 200
    return render(request, "progress/starting/left_open.html", context, status=status)
