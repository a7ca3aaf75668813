"""单位明确: the office's desk of 相关… and …成员单位."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tasks.access import office_plan
from tasks.models import Designation, Naming
from tasks.naming.acts import decide, drop, name_nobody
from tasks.naming.desk import (
    OPEN,
    ORDER,
    WORDS,
    DeskRow,
    desk_rows,
    models_for,
    name_several,
    wanted,
)
from tasks.naming.forms import NamingForm
from tasks.naming.modes import OPEN_MODES
from units.errors import NotNow
from units.face.act_forms import ReasonForm, first_error
from units.http import Request
from units.once.claims import once

PER_PAGE = 50


@require_safe
def namings(request: Request, slug: str) -> HttpResponse:
    """All of them, searched by words, area and state."""
    plan = office_plan(request, slug)
    rows = desk_rows(plan, request.today)
    asked = {
        name: request.GET.get(name, "").replace("\x00", "")[:60]
        for name in ("words", "area", "state", "mode")
    }
    found = wanted(rows, **asked)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    counts = [(state, WORDS[state], sum(row.state == state for row in rows)) for state in ORDER]
    context = {
        "plan": plan,
        "page": page,
        "counts": counts,
        "total": len(rows),
        "asked": asked,
        "areas": plan.areas.all(),
    }
    return render(request, "tasks/naming/namings.html", context)


def _designation_or_404(request: Request, slug: str, pk: int) -> Designation:
    plan = office_plan(request, slug)
    found = Designation.objects.filter(task__plan=plan, group__mode__in=OPEN_MODES)
    return get_object_or_404(found.select_related("task__plan", "group"), pk=pk)


@require_safe
def naming(request: Request, slug: str, pk: int) -> HttpResponse:
    """One designation: who is listed, and a form to list more."""
    return _page(request, _designation_or_404(request, slug, pk))


def _page(
    request: Request, designation: Designation, data: Any = None, status: int = 200, **more: Any
) -> HttpResponse:
    rows = desk_rows(designation.task.plan, request.today)
    row = next(each for each in rows if each.designation.pk == designation.pk)
    form = NamingForm(data, day=request.today, models=models_for(rows, designation))
    context = {
        "plan": designation.task.plan,
        "row": row,
        "designation": designation,
        "task": designation.task,
        "form": form,
        "dropped": designation.namings.filter(state="dropped").select_related("unit"),
    } | more
    return render(request, "tasks/naming/naming.html", context, status=status)


@require_POST
def name(request: Request, slug: str, pk: int) -> HttpResponse:
    """列入; then the next one that is open."""
    designation = _designation_or_404(request, slug, pk)
    rows = desk_rows(designation.task.plan, request.today)
    form = NamingForm(request.POST, day=request.today, models=models_for(rows, designation))
    if not form.is_valid():
        messages.error(request, "没有保存，请修改标出的内容。")
        return _page(request, designation, request.POST, status=409)
    fields = {key: form.cleaned_data[key] for key in ("units", "starts_on", "ends_on", "reason")}
    try:
        with once(request, "这些单位已列入，没有重复登记。") as claim:
            said = {**fields, "actor": request.actor, "now": request.now}
            done = name_several(designation=designation, **said)
            claim.leads_to("tasks:naming", slug, pk)
    except NotNow as problem:
        messages.error(request, str(problem))
        return _page(request, designation, request.POST, status=409)
    messages.success(request, f"{designation.task}“{designation.printed}”已列入{len(done)}个单位。")
    return _next(slug, rows, designation)


def _next(slug: str, rows: list[DeskRow], designation: Designation) -> HttpResponse:
    """The next open one behind this, as numbered; the desk when there is none."""
    ids = [row.designation.pk for row in rows]
    behind = rows[ids.index(designation.pk) + 1 :]
    following = next((row for row in behind if row.state == OPEN), None)
    if following is None:
        return redirect("tasks:namings", slug)
    return redirect("tasks:naming", slug, following.designation.pk)


@require_POST
def nobody(request: Request, slug: str, pk: int) -> HttpResponse:
    """无需另行明确, with a reason."""
    designation = _designation_or_404(request, slug, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return _page(request, designation, status=409, posted_act="nobody", posted=form)
    reason = form.cleaned_data["reason"]
    name_nobody(designation=designation, reason=reason, actor=request.actor, now=request.now)
    messages.success(request, f"{designation.task}“{designation.printed}”已登记为无需另行明确。")
    return redirect("tasks:namings", slug)


@require_POST
def naming_decide(request: Request, slug: str, pk: int) -> HttpResponse:
    """列入 over an objection or without an answer, or 不列入; with a reason."""
    plan = office_plan(request, slug)
    found = get_object_or_404(
        Naming.objects.select_related("designation__task__plan", "designation__group"),
        pk=pk,
        designation__task__plan=plan,
    )
    form = ReasonForm(request.POST)
    is_drop = request.POST.get("decision") == "drop"
    if not form.is_valid():
        messages.error(request, first_error(form))
        more = {"posted_naming": pk, "posted": form}
        return _page(request, found.designation, status=409, **more)
    act = drop if is_drop else decide
    act(naming=found, reason=form.cleaned_data["reason"], actor=request.actor, now=request.now)
    messages.success(request, f"{found}{'不列入' if is_drop else '已列入'}。")
    return redirect("tasks:naming", slug, found.designation_id)
