"""办理方案 of one item: read, written, and what is done with it by one click or sentence."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tasks.access import task_or_404
from tasks.action_plans import workflow
from tasks.action_plans.drafting import action_plan_of, draft_of, set_content
from tasks.action_plans.form import PlanForm
from tasks.action_plans.outline import Outline
from tasks.action_plans.page import page_of
from tasks.action_plans.straight_line import filled
from tasks.models import ActionPlan, Task
from tasks.permissions import can_write_action_plan
from units.acting_page import Act, Page, by_name, carry_out, seen
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
        workflow.submit(action_plan=plan, actor=request.actor, now=request.now)
        messages.success(request, f"{plan}已送本单位审签。")
    else:
        messages.success(request, "办理方案草稿已保存。")
    return redirect(_url(plan))


def _again(request: Request, task: Task, problem: str) -> HttpResponse:
    messages.error(request, problem)
    context = page_of(request, task, request.POST)
    return render(request, "tasks/action_plans/action_plan.html", context, status=409)


def _url(plan: ActionPlan) -> str:
    return reverse("tasks:action_plan", args=[plan.task.plan.slug, plan.task.pk])


def _plan_or_not_now(request: Request, slug: str, pk: int) -> ActionPlan:
    task = task_or_404(request, slug, pk)
    found = ActionPlan.objects.filter(task=task).select_related("task__plan").first()
    if found is None:
        raise NotNow("此项还没有办理方案。")
    return found


ACTS = by_name(
    Act("withdraw", workflow.withdraw, "{thing}已撤回，可以继续修改。"),
    Act("sign", workflow.sign, "{thing}已审签并报送督查室。", given=seen),
    Act(
        "send_unsigned",
        workflow.send_unsigned,
        "{thing}已报送督查室，标记为未经审签。",
        ReasonForm,
    ),
    Act("return_to_liaison", workflow.return_to_liaison, "{thing}已退回联络员。", ReasonForm),
    Act("return_to_unit", workflow.return_to_unit, "{thing}已退回。", ReasonForm),
    Act("accept", workflow.accept, "{thing}已通过，自今日起按方案计算计划进度。", given=seen),
    Act("revise", workflow.revise, "可以修订；修订稿通过前，原方案仍然有效。"),
)


def _refused(
    request: Request, plan: ActionPlan, name: str, form: forms.Form, problem: str
) -> HttpResponse:
    messages.error(request, problem or first_error(form))
    context = page_of(request, plan.task) | {"posted_act": name, "posted": form}
    return render(request, "tasks/action_plans/action_plan.html", context, status=409)


PAGE = Page("action_plan", _url, _refused)


@require_POST
def action_plan_do(request: Request, slug: str, pk: int, act: str) -> HttpResponse:
    """One act on it; the address says which."""
    return carry_out(request, _plan_or_not_now(request, slug, pk), ACTS[act], PAGE)
