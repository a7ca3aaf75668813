"""新增事项: an item that a decision adds, and the scan of the decision behind an item's changes."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tasks.access import office_plan
from tasks.changing.added_items import add_item
from tasks.changing.forms_item import AddForm
from tasks.models import Plan, Task, Wording
from units.errors import NotNow
from units.files.approval_files import scan_file
from units.http import Request
from units.models import Approval
from units.once.claims import once

UNSAVED = "没有保存，请修改标出的内容；选好的文件需要重新选择。"


@require_safe
def add(request: Request, slug: str) -> HttpResponse:
    """The form of a new item."""
    plan = office_plan(request, slug)
    return _page(request, plan, AddForm(plan=plan, day=request.today))


def _page(request: Request, plan: Plan, form: AddForm, status: int = 200) -> HttpResponse:
    return render(
        request, "tasks/changing/add_item.html", {"plan": plan, "form": form}, status=status
    )


@require_POST
def add_one(request: Request, slug: str) -> HttpResponse:
    """新增事项."""
    plan = office_plan(request, slug)
    form = AddForm(request.POST, request.FILES, plan=plan, day=request.today)
    if not form.is_valid():
        messages.error(request, UNSAVED)
        return _page(request, plan, form, status=409)
    try:
        decision = form.decision(request)
        with once(request, "这个事项已新增过，没有重复登记。") as claim:
            task = add_item(
                plan=plan,
                item=form.item,
                decision=decision,
                starts_on=form.cleaned_data["starts_on"],
                actor=request.actor,
                now=request.now,
            )
            claim.leads_to(task)
    except NotNow as problem:
        messages.error(request, str(problem))
        return _page(request, plan, form, status=409)
    messages.success(request, f"已新增{task}，各责任单位可以签收。")
    return redirect(task)


@require_safe
def approval_scan(request: Request, slug: str, pk: int) -> HttpResponseBase:
    """The paper on which an item was added, mended or given a number; for who sees the item."""
    visible = Task.objects.visible_to(request.actor).filter(plan__slug=slug).values("pk")
    behind = Q(added_tasks__in=visible) | Q(added_indicators__task__in=visible)
    behind |= Q(pk__in=Wording.objects.filter(task__in=visible).values("approval"))
    return scan_file(request, get_object_or_404(Approval.objects.filter(behind).distinct(), pk=pk))
