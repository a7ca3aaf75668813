"""办理方案 of one item: read, written, and what is done with it by one click or sentence; all of
them, for the office.
"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tasks.access import office_plan, task_or_404
from tasks.action_plans import acts
from tasks.action_plans.drafting import action_plan_of, draft_of, set_content
from tasks.action_plans.form import ActionPlanForm
from tasks.action_plans.list import action_plan_rows, counts, in_state
from tasks.action_plans.outline import Outline
from tasks.action_plans.page import page_of
from tasks.action_plans.permissions import can_write
from tasks.action_plans.straight_line import filled
from tasks.models import ActionPlan, Task
from units.acting_page import Act, Page, by_name, carry_out, seen
from units.errors import NotNow
from units.face.act_forms import ReasonForm, first_error
from units.face.fields import line_field
from units.http import Request
from units.permissions import require


class AcceptForm(forms.Form):
    """Of a plan that leaves a commitment without measure: known, and why."""

    knows = forms.BooleanField(required=False)
    open_reason = line_field("暂不计量的原因", 300, required=False)

    def clean(self) -> dict[str, str]:
        """The reason counts with its tick only."""
        given = super().clean() or {}
        return {"open_reason": given.get("open_reason", "") if given.get("knows") else ""}


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
    require(can_write(request.actor, ActionPlan(task=task)))
    action_plan = action_plan_of(task, request.today)
    outline = Outline(task, request.today)
    form = ActionPlanForm(outline, draft_of(action_plan), request.POST)
    if form.mistakes:
        return _again(request, task, UNREADABLE.format(form.mistakes))
    try:
        set_content(
            action_plan=action_plan,
            content=filled(outline, form.content) if "fill" in request.POST else form.content,
            actor=request.actor,
            now=request.now,
            seen=request.POST.get("seen", ""),
        )
    except NotNow as problem:
        return _again(request, task, str(problem))
    if "submit" in request.POST:
        acts.submit(action_plan=action_plan, actor=request.actor, now=request.now)
        messages.success(request, f"{action_plan}已送本单位审签。")
    else:
        messages.success(request, "办理方案草稿已保存。")
    return redirect(_url(action_plan))


def _again(request: Request, task: Task, problem: str) -> HttpResponse:
    messages.error(request, problem)
    context = page_of(request, task, request.POST)
    return render(request, "tasks/action_plans/action_plan.html", context, status=409)


def _url(action_plan: ActionPlan) -> str:
    task = action_plan.task
    return reverse("tasks:action_plan", args=[task.plan.slug, task.pk])


def _action_plan_or_not_now(request: Request, slug: str, pk: int) -> ActionPlan:
    task = task_or_404(request, slug, pk)
    found = ActionPlan.objects.filter(task=task).select_related("task__plan").first()
    if found is None:
        raise NotNow("此项还没有办理方案。")
    return found


ACTS = by_name(
    Act("withdraw", acts.withdraw, "{thing}已撤回，可以继续修改。"),
    Act("sign", acts.sign, "{thing}已审签并报送督查室。", given=seen),
    Act(
        "send_unsigned",
        acts.send_unsigned,
        "{thing}已报送督查室，标记为未经审签。",
        ReasonForm,
    ),
    Act("return_to_liaison", acts.return_to_liaison, "{thing}已退回联络员。", ReasonForm),
    Act("return_to_unit", acts.return_to_unit, "{thing}已退回。", ReasonForm),
    Act(
        "accept",
        acts.accept,
        "{thing}已通过，自今日起按方案计算计划进度。",
        AcceptForm,
        given=lambda request, form: {**seen(request, form), **form.cleaned_data},
    ),
    Act("revise", acts.revise, "可以修订；修订稿通过前，原方案仍然有效。"),
)


def _refused(
    request: Request, action_plan: ActionPlan, name: str, form: forms.Form, problem: str
) -> HttpResponse:
    messages.error(request, problem or first_error(form))
    context = page_of(request, action_plan.task) | {"posted_act": name, "posted": form}
    return render(request, "tasks/action_plans/action_plan.html", context, status=409)


PAGE = Page("action_plan", _url, _refused)


@require_POST
def action_plan_do(request: Request, slug: str, pk: int, act: str) -> HttpResponse:
    """One act on it; the address says which."""
    return carry_out(request, _action_plan_or_not_now(request, slug, pk), ACTS[act], PAGE)


@require_safe
def action_plans(request: Request, slug: str) -> HttpResponse:
    """办理方案 by state."""
    plan = office_plan(request, slug)
    rows = action_plan_rows(plan, request.today)
    state = request.GET.get("state", "")
    context = {
        "plan": plan,
        "rows": in_state(rows, state),
        "counts": counts(rows),
        "total": len(rows),
        "in_force": sum(row.is_in_force for row in rows),
        "state": state,
    }
    return render(request, "tasks/action_plans/action_plans.html", context)
