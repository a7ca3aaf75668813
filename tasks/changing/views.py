"""计划调整: the office changes the plan of the year by decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tasks.access import office_plan
from tasks.changing.added_indicators import add_indicators
from tasks.changing.changes import mend_wording, set_visibility
from tasks.changing.cycles import next_start, set_cycle
from tasks.changing.forms import CycleForm, MendForm, NumberForm, VisibilityForm
from tasks.changing.trail import changed_tasks, coming, search_tasks, trail_of
from tasks.models import REPORTING, Task
from units.errors import NotNow
from units.http import Request
from units.once.claims import once

UNSAVED = "没有保存，请修改标出的内容。"


@require_safe
def changes(request: Request, slug: str) -> HttpResponse:
    """What was changed, and a search for what is to be changed."""
    plan = office_plan(request, slug)
    words = request.GET.get("words", "").replace("\x00", "").strip()[:60]
    context = {
        "plan": plan,
        "rows": changed_tasks(plan),
        "words": words,
        "found": search_tasks(plan, words) if words else [],
    }
    return render(request, "tasks/changing/changes.html", context)


def _task_or_404(request: Request, slug: str, pk: int) -> Task:
    plan = office_plan(request, slug)
    return get_object_or_404(plan.tasks.select_related("plan", "approval"), pk=pk)


@require_safe
def change(request: Request, slug: str, pk: int) -> HttpResponse:
    """One item: its settings and its trail."""
    return _page(request, _task_or_404(request, slug, pk))


def _page(request: Request, task: Task, status: int = 200, **posted: Any) -> HttpResponse:
    trail = trail_of(task)
    context = {
        "plan": task.plan,
        "task": task,
        "trail": trail,
        "coming": coming(trail.cycles, task),
        "next_start": next_start(task.plan, request.today),
        "mend_form": MendForm(task=task),
        "numbers": [
            (each, each.reporter_on(request.today))
            for each in task.indicators.select_related("approval", *REPORTING)
        ],
        "number_form": NumberForm(task=task, day=request.today),
        "cycle_form": CycleForm(initial={"cycle": task.cycle}),
        "visibility_form": VisibilityForm(task=task, day=request.today),
    } | posted
    return render(request, "tasks/changing/change.html", context, status=status)


def _change(
    request: Request,
    task: Task,
    name: str,
    form: forms.Form,
    act: Callable[..., object],
    done: str,
) -> HttpResponse:
    """Carry out `act` with what `form` says; else the page again, with what was typed."""
    try:
        if form.is_valid():
            fields = dict(form.cleaned_data)
            if isinstance(form, MendForm):
                kept = ("text", "short_title", "reason")
                decision = form.decision(request)
                fields = {key: fields[key] for key in kept} | {"decision": decision}
            if isinstance(form, NumberForm):
                fields = {
                    "indicators": [form.indicator],
                    "starts_on": fields["starts_on"],
                    "decision": form.decision(request),
                }
            with once(request, "这项调整已保存过，没有重复登记。") as claim:
                act(task=task, **fields, actor=request.actor, now=request.now)
                claim.leads_to("tasks:change", task.plan.slug, task.pk)
            messages.success(request, done)
            return redirect("tasks:change", task.plan.slug, task.pk)
        problem = UNSAVED
    except NotNow as refusal:
        problem = str(refusal)
    messages.error(request, problem)
    task.refresh_from_db()
    return _page(request, task, status=409, **{f"{name}_form": form})


@require_POST
def mend(request: Request, slug: str, pk: int) -> HttpResponse:
    """修订表述."""
    task = _task_or_404(request, slug, pk)
    done = "表述已修订，原文仍可查看。"
    form = MendForm(request.POST, request.FILES, task=task)
    return _change(request, task, "mend", form, mend_wording, done)


@require_POST
def number(request: Request, slug: str, pk: int) -> HttpResponse:
    """增加指标."""
    task = _task_or_404(request, slug, pk)
    form = NumberForm(request.POST, request.FILES, task=task, day=request.today)
    done = "指标已增加，自起始日期起报送和认定。"
    return _change(request, task, "number", form, add_indicators, done)


@require_POST
def cycle(request: Request, slug: str, pk: int) -> HttpResponse:
    """报送频次, from the next period on."""
    task = _task_or_404(request, slug, pk)
    done = "报送频次已调整，自下一期起执行。"
    return _change(request, task, "cycle", CycleForm(request.POST), set_cycle, done)


@require_POST
def visibility(request: Request, slug: str, pk: int) -> HttpResponse:
    """知悉范围."""
    task = _task_or_404(request, slug, pk)
    form = VisibilityForm(request.POST, task=task, day=request.today)
    return _change(request, task, "visibility", form, set_visibility, "知悉范围已设置。")
