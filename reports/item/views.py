"""事项详情 of a key task or a project."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from progress.periods.opening import catch_up, periods_to_read
from reports.item.page import item_page
from tasks.models import Task, TaskKind
from units.http import Request


def _task_or_404(request: Request, slug: str, kind: TaskKind, number: int) -> Task:
    """The item, inside what the actor may see, with its plan; the frame finds the plan as well."""
    tasks = Task.objects.visible_to(request.actor).filter(plan__slug=slug, kind=kind)
    related = tasks.select_related("plan", "area", "theme", "approval").prefetch_related(
        Prefetch("plan__periods", periods_to_read())
    )
    task = get_object_or_404(related, number=number)
    if catch_up(task.plan, request.today):
        task = related.get(pk=task.pk)
    request.plan = task.plan
    return task


def _page(request: Request, slug: str, kind: TaskKind, number: int) -> HttpResponse:
    task = _task_or_404(request, slug, kind, number)
    page = item_page(task, request.actor, request.today, request.now)
    context = {"plan": task.plan, "task": task, "item": page}
    return render(request, "reports/item/item.html", context)


@require_safe
def item(request: Request, slug: str, number: int) -> HttpResponse:
    """重点工作第n项."""
    return _page(request, slug, TaskKind.KEY_TASK, number)


@require_safe
def project(request: Request, slug: str, number: int) -> HttpResponse:
    """十件实事第n件."""
    return _page(request, slug, TaskKind.PRACTICAL_PROJECT, number)
