"""事项详情 of a key task or a project, and 原文 of a year's notice."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, IntegerField, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from reports.item.page import item_page
from reports.item.source import source_page
from tasks.models import NoticeDraft, Task, TaskKind
from units.actors import Actor
from units.asking.prepared import prepared
from units.http import Request
from units.pages.kept import kept
from units.stamps.shown import FINALIZED, LIVE


def _task_or_404(request: Request, slug: str, kind: TaskKind, number: int) -> Task:
    """The item, inside what the actor may see, with its plan; the frame finds the plan as well."""
    plan = plan_or_404(request, slug)
    task = _visible_task.first(request.actor, plan=plan.pk, kind=str(kind), number=number)
    if task is None:
        raise Http404
    task.plan = plan
    return task


@prepared(FINALIZED, plan=IntegerField(), kind=CharField(), number=IntegerField())
def _visible_task(actor: Actor, plan: Any, kind: Any, number: Any) -> QuerySet[Task]:
    tasks = Task.objects.visible_to(actor).filter(plan=plan, kind=kind, number=number)
    return tasks.select_related("area", "theme", "approval")


def _page(request: Request, slug: str, kind: TaskKind, number: int) -> HttpResponse:
    task = _task_or_404(request, slug, kind, number)
    page = item_page(task, request.actor, request.today, request.now)
    context = {"plan": task.plan, "task": task, "item": page}
    return render(request, "reports/item/item.html", context)


@require_safe
@kept(FINALIZED, LIVE, for_readers=True)
def item(request: Request, slug: str, number: int) -> HttpResponse:
    """重点工作第n项."""
    return _page(request, slug, TaskKind.KEY_TASK, number)


@require_safe
@kept(FINALIZED, LIVE, for_readers=True)
def project(request: Request, slug: str, number: int) -> HttpResponse:
    """十件实事第n件."""
    return _page(request, slug, TaskKind.PRACTICAL_PROJECT, number)


@require_safe
def source(request: Request, slug: str) -> HttpResponse:
    """原文: the text as it was read; the office also gets the file that it came in."""
    plan = plan_or_404(request, slug)
    draft = NoticeDraft.objects.visible_to(request.actor).filter(plan=plan).first()
    context = {
        "plan": plan,
        "page": source_page(plan, request.actor),
        "original": draft.sources.defer("content").latest("id") if draft is not None else None,
    }
    return render(request, "reports/item/source.html", context)
