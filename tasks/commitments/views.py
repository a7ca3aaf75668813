"""承诺与计量 of one item: what measures each commitment; the office decides of the others."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tasks.access import office_plan
from tasks.commitments.acts import add, decide
from tasks.commitments.forms import AddForm, DecideForm
from tasks.commitments.promised import open_ones, promised_by
from tasks.models import Task
from units.errors import NotNow
from units.http import Request
from units.once.claims import once

UNSAVED = "没有保存，请修改标出的内容。"


def _task_or_404(request: Request, slug: str, pk: int) -> Task:
    return get_object_or_404(office_plan(request, slug).tasks.select_related("plan"), pk=pk)


@require_safe
def commitments(request: Request, slug: str, pk: int) -> HttpResponse:
    """Each commitment with its measure and the form to decide it."""
    return _page(request, _task_or_404(request, slug, pk))


def _page(request: Request, task: Task, status: int = 200, **posted: Any) -> HttpResponse:
    promised = promised_by(task)
    context = {
        "plan": task.plan,
        "task": task,
        "rows": [(each, _form_of(each.ordinal, posted.get("decide_form"))) for each in promised],
        "open": len(open_ones(promised)),
        "add_form": AddForm(),
    } | posted
    return render(request, "tasks/commitments/commitments.html", context, status=status)


def _form_of(ordinal: int, posted: DecideForm | None) -> DecideForm:
    if posted is not None and posted.data.get("ordinal") == str(ordinal):
        return posted
    return DecideForm(initial={"ordinal": ordinal}, auto_id=f"id_{ordinal}_%s")


@require_POST
def commitment_decide(request: Request, slug: str, pk: int) -> HttpResponse:
    """文字评定、暂不计量、不作为承诺, or taken back."""
    task, form = _task_or_404(request, slug, pk), DecideForm(request.POST)
    if not form.is_valid():
        return _refused(request, task, UNSAVED, decide_form=form)
    try:
        decide(task=task, **form.cleaned_data, actor=request.actor, now=request.now)
    except NotNow as problem:
        return _refused(request, task, str(problem), decide_form=form)
    messages.success(request, "承诺的计量方式已保存。")
    return redirect("tasks:commitments", slug, pk)


@require_POST
def commitment_add(request: Request, slug: str, pk: int) -> HttpResponse:
    """One more, in the sentence's own words."""
    task, form = _task_or_404(request, slug, pk), AddForm(request.POST)
    if not form.is_valid():
        return _refused(request, task, UNSAVED, add_form=form)
    try:
        with once(request, "这条承诺已加过，没有重复增加。") as claim:
            add(task=task, **form.cleaned_data, actor=request.actor, now=request.now)
            claim.leads_to("tasks:commitments", slug, pk)
    except NotNow as problem:
        return _refused(request, task, str(problem), add_form=form)
    messages.success(request, "承诺已增加。")
    return redirect("tasks:commitments", slug, pk)


def _refused(request: Request, task: Task, problem: str, **posted: Any) -> HttpResponse:
    messages.error(request, problem)
    return _page(request, task, status=409, **posted)
