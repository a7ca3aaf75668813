"""办理全程 of an item and of a report."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.lifecycle.permissions import can_see_drafts
from progress.periods.access import item_or_404, report_or_404
from reports.item.trail import KINDS, report_trail, trail_of
from units.http import Request
from units.permissions import require

PER_PAGE = 50


@require_safe
def item_trail(request: Request, slug: str, item_kind: str, number: int) -> HttpResponse:
    """Every act on the item that this actor may know of, newest first; `?kind=` narrows it."""
    task = item_or_404(request, slug, item_kind, number)
    chosen = request.GET.get("kind", "")
    rows = trail_of(task, request.actor, chosen if chosen in KINDS else "")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"plan": task.plan, "task": task, "page": page, "kinds": KINDS, "chosen": chosen}
    return render(request, "reports/item/item_trail.html", context)


@require_safe
def report_trail_page(request: Request, slug: str, pk: int) -> HttpResponse:
    """Every act on one report, oldest first: for its unit and the office."""
    found = report_or_404(request, slug, pk)
    require(can_see_drafts(request.actor, found))
    context = {
        "plan": found.period.plan,
        "task": found.task,
        "report": found,
        "rows": report_trail(found),
    }
    return render(request, "reports/item/report_trail.html", context)
