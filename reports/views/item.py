"""事项详情 of a key task or a project."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from progress.access import plan_or_404
from reports.item import item_page
from tasks.models import Task, TaskKind
from units.http import Request


def _page(request: Request, slug: str, kind: TaskKind, number: int) -> HttpResponse:
    plan = plan_or_404(request, slug)
    tasks = Task.objects.visible_to(request.actor).filter(plan=plan, kind=kind)
    task = get_object_or_404(tasks.select_related("area", "theme"), number=number)
    task.plan = plan
    page = item_page(task, request.actor, request.today)
    context = {"plan": plan, "task": task, "item": page, "today": request.today}
    return render(request, "reports/item.html", context)


@require_safe
def item(request: Request, slug: str, number: int) -> HttpResponse:
    """重点工作第n项."""
    return _page(request, slug, TaskKind.KEY_TASK, number)


@require_safe
def project(request: Request, slug: str, number: int) -> HttpResponse:
    """十件实事第n件."""
    return _page(request, slug, TaskKind.PRACTICAL_PROJECT, number)
