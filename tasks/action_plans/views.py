"""办理方案 of one item: read, written, and one view per transition."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tasks.access import task_or_404
from tasks.action_plans import workflow as plan_workflow
from tasks.action_plans.drafting import action_plan_of, draft_of, set_content
from tasks.action_plans.form import PlanForm
from tasks.action_plans.outline import Outline
from tasks.action_plans.page import page_of
from tasks.action_plans.straight_line import filled
from tasks.models import ActionPlan, Task
from tasks.permissions import can_write_action_plan
from units.errors import NotNow
from units.face.act_forms import ReasonForm, first_error
from units.http import Request
from units.permissions import require

UNREADABLE = "还没有保存：有{}处不能识别，请修改标出的内容；已填写的都保留在本页。"


@require_safe
def action_plan(request: Request, slug: str, pk: int) -> HttpResponse:
    """The version that this person may see; the primary's liaison types in it."""
    task = task_or_404(request, slug, pk)
    return render(request, "tasks/action_plans/action_plan.html", page_of(request, task))


@require_POST
def save(request: Request, slug: str, pk: int) -> HttpResponse:
    """Save the draft, and, with that button, send it for signing."""
    task = task_or_404(request, slug, pk)
    require(can_write_action_plan(request.actor, ActionPlan(task=task)))
    plan = action_plan_of(task, request.today)
    outline = Outline(task, request.today)
    form = PlanForm(outline, draft_of(plan), request.POST)
    if form.mistakes:
        return _again(request, task, UNREADABLE.format(form.mistakes))
    try:
        set_content(
            action_plan=plan,
            content=filled(outline, form.content) if "fill" in request.POST else form.content,
            actor=request.actor,
            now=request.now,
            seen=request.POST.get("seen", ""),
        )
    except NotNow as problem:
        return _again(request, task, str(problem))
    if "submit" in request.POST:
        return _submit(request, plan)
    messages.success(request, "办理方案草稿已保存。")
    return _back(task)


def _submit(request: Request, plan: ActionPlan) -> HttpResponse:
    plan_workflow.submit(action_plan=plan, actor=request.actor, now=request.now)
    messages.success(request, f"{plan}已送本单位审签。")
    return _back(plan.task)


def _again(request: Request, task: Task, problem: str) -> HttpResponse:
    messages.error(request, problem)
    context = page_of(request, task, request.POST)
    return render(request, "tasks/action_plans/action_plan.html", context, status=409)


def _back(task: Task) -> HttpResponse:
    return redirect("tasks:action_plan", task.plan.slug, task.pk)


def _plan_or_not_now(request: Request, slug: str, pk: int) -> ActionPlan:
    task = task_or_404(request, slug, pk)
    found = ActionPlan.objects.filter(task=task).select_related("task__plan").first()
    if found is None:
        raise NotNow("此项还没有办理方案。")
    return found


def _act(request: Request, plan: ActionPlan, act: Callable[..., object], done: str) -> HttpResponse:
    """An act with a compulsory reason: carried out, or the page again with what was typed."""
    form = ReasonForm(request.POST)
    try:
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            act(action_plan=plan, reason=reason, actor=request.actor, now=request.now)
            messages.success(request, done)
            return _back(plan.task)
        problem = first_error(form)
    except NotNow as refusal:
        problem = str(refusal)
    messages.error(request, problem)
    context = page_of(request, plan.task) | {"posted_act": act.__name__, "posted": form}
    return render(request, "tasks/action_plans/action_plan.html", context, status=409)


@require_POST
def withdraw(request: Request, slug: str, pk: int) -> HttpResponse:
    """撤回, before the head signs."""
    plan = _plan_or_not_now(request, slug, pk)
    plan_workflow.withdraw(action_plan=plan, actor=request.actor, now=request.now)
    messages.success(request, f"{plan}已撤回，可以继续修改。")
    return _back(plan.task)


@require_POST
def sign(request: Request, slug: str, pk: int) -> HttpResponse:
    """审签并报送督查室."""
    plan = _plan_or_not_now(request, slug, pk)
    seen = request.POST.get("seen", "")
    plan_workflow.sign(action_plan=plan, actor=request.actor, now=request.now, seen=seen)
    messages.success(request, f"{plan}已审签并报送督查室。")
    return _back(plan.task)


@require_POST
def send_unsigned(request: Request, slug: str, pk: int) -> HttpResponse:
    """未经审签报送, marked as such."""
    plan = _plan_or_not_now(request, slug, pk)
    done = f"{plan}已报送督查室，标记为未经审签。"
    return _act(request, plan, plan_workflow.send_unsigned, done)


@require_POST
def return_to_liaison(request: Request, slug: str, pk: int) -> HttpResponse:
    """退回联络员."""
    plan = _plan_or_not_now(request, slug, pk)
    return _act(request, plan, plan_workflow.return_to_liaison, f"{plan}已退回联络员。")


@require_POST
def return_to_unit(request: Request, slug: str, pk: int) -> HttpResponse:
    """退回, by the office."""
    plan = _plan_or_not_now(request, slug, pk)
    return _act(request, plan, plan_workflow.return_to_unit, f"{plan}已退回。")


@require_POST
def accept(request: Request, slug: str, pk: int) -> HttpResponse:
    """通过: in force from today on."""
    plan = _plan_or_not_now(request, slug, pk)
    seen = request.POST.get("seen", "")
    plan_workflow.accept(action_plan=plan, actor=request.actor, now=request.now, seen=seen)
    messages.success(request, f"{plan}已通过，自今日起按方案计算计划进度。")
    return _back(plan.task)


@require_POST
def revise(request: Request, slug: str, pk: int) -> HttpResponse:
    """修订 an accepted plan."""
    plan = _plan_or_not_now(request, slug, pk)
    plan_workflow.revise(action_plan=plan, actor=request.actor, now=request.now)
    messages.success(request, "可以修订；修订稿通过前，原方案仍然有效。")
    return _back(plan.task)
