"""原文 of a year's notice."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from reports.item.source import source_page
from tasks.models import NoticeDraft
from units.http import Request


@require_safe
def source(request: Request, slug: str) -> HttpResponse:
    """The text as it was read; the office also gets the file that it came in."""
    plan = plan_or_404(request, slug)
    drafts = NoticeDraft.objects.visible_to(request.actor).filter(plan=plan)
    draft = drafts.first()
    context = {
        "plan": plan,
        "page": source_page(plan, request.actor),
        "original": draft.sources.defer("content").latest("id") if draft is not None else None,
    }
    return render(request, "reports/item/source.html", context)
