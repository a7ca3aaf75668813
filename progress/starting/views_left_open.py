"""启用时遗留: the office's list, and what it does there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress.periods.access import plan_or_404
from progress.periods.opening import open_due_periods
from progress.starting import acts, deciding_names
from progress.starting.forms import NumberForm, SolveForm
from progress.starting.forms_names import (
    ANSWERS,
    IsUnitForm,
    NewUnitForm,
    form_of,
    name_faces,
)
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
    question = get_object_or_404(LeftOpen, plan=plan, pk=pk, name="")
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


@require_POST
def left_open_name(request: Request, slug: str, pk: int) -> HttpResponse:
    """What a name is that nobody knew: a unit, a new one, none; for all its places."""
    plan = _plan(request, slug)
    question = get_object_or_404(LeftOpen.objects.filter(plan=plan).exclude(name=""), pk=pk)
    answer = request.POST.get("answer", "")
    if answer not in ANSWERS:
        messages.error(request, "请选择这个称谓是什么。")
        return _page(request, plan, status=409)
    form = form_of(answer, question, plan, request.today, request.POST)
    if form.is_valid():
        try:
            done = _settled(form, question, request)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            open_due_periods(plan, request.today)
            messages.success(request, f"“{done.name}”{done.solution}。")
            return redirect("progress:left_open", slug)
    return _page(request, plan, name=(pk, answer, form))


def _settled(form: forms.Form, question: LeftOpen, request: Request) -> LeftOpen:
    given: dict[str, Any] = {"question": question, "actor": request.actor, "now": request.now}
    said = form.cleaned_data
    if isinstance(form, NewUnitForm):
        new = {"name": said["name"], "kind": said["kind"]}
        return deciding_names.is_new_unit(**new, decided=form.decided, **given)
    if isinstance(form, IsUnitForm):
        return deciding_names.is_unit(unit=said["unit"], decided=form.decided, **given)
    return deciding_names.is_no_unit(note=said["note"], **given)


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
    name: tuple[int, str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`tried`, `name`: the question with a form that was refused."""
    pk, form = tried or (0, None)
    questions = [
        (each, form if each.pk == pk and form else _form(each.pk)) for each in questions_of(plan)
    ]
    groups, names = groups_of(plan, request.today), name_faces(plan, request.today, name)
    context = {
        "plan": plan,
        "draft": NoticeDraft.objects.filter(plan=plan).first(),
        "groups": groups,
        "names": names,
        "questions": questions,
        "solved": LeftOpen.objects.filter(plan=plan).exclude(solved_at=None).select_related("task"),
        "number": number or NumberForm(),
        "count": sum(each.count for each in groups) + len(names) + len(questions),
    }
    if form or number or name:
        status = 409
    return render(request, "progress/starting/left_open.html", context, status=status)
