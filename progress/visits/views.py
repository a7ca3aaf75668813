"""核查: the list, drawing and choosing, and one draw repeated."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress.matters.fields import written
from progress.models import SiteVisit, VisitDraw
from progress.periods.access import plan_or_404
from progress.visits import draws as visit_draws
from progress.visits.acts import plan_visit
from progress.visits.draws import draw, ranks_of
from progress.visits.forms import ChooseForm, DrawForm
from progress.visits.page import COLUMNS, asked_item, heading_of, narrowed
from tasks.models import Plan
from units.errors import NotNow
from units.http import Request
from units.lists.tool import ListTool
from units.once.claims import once
from units.permissions import can_run_the_year, require


def _page(request: Request, plan: Plan, **forms: Any) -> HttpResponse:
    item, found = asked_item(request, plan), narrowed(request, plan)
    tool = ListTool[SiteVisit](request.GET, COLUMNS)
    page = tool.page(tool.ordered(found.rows))
    context = {
        "plan": plan,
        "found": found,
        "tool": tool,
        "page": page,
        "groups": tool.groups(found.rows, heading_of, page.object_list),
        "also": [(name, request.GET[name]) for name in ("task", "waiting") if name in request.GET],
        "draw_form": forms.get("draw_form") or DrawForm(initial={"how_many": 5}),
        "choose_form": forms.get("choose_form")
        or ChooseForm(plan=plan, initial={"task": written(item)} if item else None),
        "item": item,
        "is_office": request.actor.is_office,
        "refused": next(iter(forms), ""),
    }
    return render(request, "progress/visits/visits.html", context, status=409 if forms else 200)


@require_safe
def visits(request: Request, slug: str) -> HttpResponse:
    """The office's list by state; for others the closed ones of items they may see."""
    return _page(request, plan_or_404(request, slug))


@require_POST
def visit_draw(request: Request, slug: str) -> HttpResponse:
    """随机抽取."""
    plan = plan_or_404(request, slug)
    require(can_run_the_year(request.actor))
    form = DrawForm(request.POST)
    if form.is_valid():
        try:
            with once(request, "刚才已经抽取过，没有重新抽取。") as claim:
                made = draw(plan=plan, actor=request.actor, now=request.now, **form.cleaned_data)
                claim.leads_to("progress:visit_drawn", slug, made.pk)
        except NotNow as problem:
            form.add_error("how_many", str(problem))
        else:
            messages.success(request, f"已从{made}，种子{made.seed}。")
            return redirect("progress:visit_drawn", slug, made.pk)
    return _page(request, plan, draw_form=form)


@require_POST
def visit_choose(request: Request, slug: str) -> HttpResponse:
    """选定: one item, with the reason."""
    plan = plan_or_404(request, slug)
    require(can_run_the_year(request.actor))
    form = ChooseForm(request.POST, plan=plan)
    if form.is_valid():
        try:
            with once(request, "该事项已列入核查，没有重复登记。") as claim:
                visit = plan_visit(actor=request.actor, now=request.now, **form.cleaned_data)
                claim.leads_to("progress:visit", slug, visit.pk)
        except NotNow as problem:
            form.add_error("task", str(problem))
        else:
            messages.success(request, f"{visit.task.code}已列入核查。")
            return redirect("progress:visit", slug, visit.pk)
    return _page(request, plan, choose_form=form)


@require_safe
def visit_drawn(request: Request, slug: str, pk: int) -> HttpResponse:
    """One draw, made again from its seed before the reader's eyes."""
    plan = plan_or_404(request, slug)
    require(can_run_the_year(request.actor))
    made = get_object_or_404(VisitDraw, plan=plan, pk=pk)
    ranks = ranks_of(made)
    kept = {visit.task_id: visit for visit in made.visits.all()}
    context = {
        "plan": plan,
        "draw": made,
        "rows": [(rank, kept.get(rank.task.pk)) for rank in ranks],
        "agrees": {rank.task.pk for rank in ranks if rank.is_drawn} == set(kept),
        "example": f"{made.seed}:{ranks[0].task.code}" if ranks else "",
        "most": visit_draws.MOST,
    }
    return render(request, "progress/visits/visit_draw.html", context)
