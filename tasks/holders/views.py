"""责任落实, for the office: who has not received, and which 责任督查员 watches over what."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tasks.access import office_plan
from tasks.holders.forms import OfficerForm
from tasks.holders.officers import assign, end, holders_of, standing
from tasks.holders.officers import officers as posts_of
from tasks.holders.receipts import receipts_of
from tasks.models import Plan, Portfolio, PortfolioKind
from units.errors import NotNow
from units.http import Request
from units.once.claims import once

ONE_DAY = timedelta(days=1)


@require_safe
def receipts(request: Request, slug: str) -> HttpResponse:
    """签收情况 by unit, who has not received first."""
    plan = office_plan(request, slug)
    found = receipts_of(plan, request.today)
    late = [each for each in found if each.waiting]
    context = {
        "plan": plan,
        "late": late,
        "done": [each for each in found if not each.waiting],
        "waiting": sum(len(each.waiting) for each in late),
    }
    return render(request, "tasks/holders/receipts.html", context)


@require_safe
def officers(request: Request, slug: str) -> HttpResponse:
    """By post, with a form to assign."""
    plan = office_plan(request, slug)
    return _page(request, plan, OfficerForm(plan=plan, day=request.today))


def _page(request: Request, plan: Plan, form: OfficerForm, status: int = 200) -> HttpResponse:
    posts = posts_of()
    people = holders_of(posts, request.today)
    held = standing(plan, request.today)
    rows = [
        (post, people[post.pk], [each for each in held if each.post_id == post.pk])
        for post in posts
    ]
    context = {"plan": plan, "rows": rows, "form": form}
    return render(request, "tasks/holders/officers.html", context, status=status)


@require_POST
def officer_assign(request: Request, slug: str) -> HttpResponse:
    """指定."""
    plan = office_plan(request, slug)
    form = OfficerForm(request.POST, plan=plan, day=request.today)
    try:
        if form.is_valid():
            with once(request, "这项分工已指定过，没有重复登记。") as claim:
                made = assign(**form.cleaned_data, actor=request.actor, now=request.now)
                claim.leads_to("tasks:officers", slug)
            messages.success(request, f"{made.unit or made.task}已由{made.post}负责。")
            return redirect("tasks:officers", slug)
        problem = "没有保存，请修改标出的内容。"
    except NotNow as refusal:
        problem = str(refusal)
    messages.error(request, problem)
    return _page(request, plan, form, status=409)


@require_POST
def officer_end(request: Request, slug: str, pk: int) -> HttpResponse:
    """终止, from today on."""
    plan = office_plan(request, slug)
    rows = Portfolio.objects.filter(kind=PortfolioKind.SUPERVISING)
    own = rows.filter(unit__isnull=False) | rows.filter(task__plan=plan)
    found = get_object_or_404(own, pk=pk)
    end(
        portfolio=found,
        last_day=request.today - ONE_DAY,
        actor=request.actor,
        now=request.now,
    )
    messages.success(request, "分工已终止。")
    return redirect("tasks:officers", slug)
