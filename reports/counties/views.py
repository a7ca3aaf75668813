"""分县（市、区）: all counties side by side, and one county across all items."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from reports.counties.page import county_page, one_county
from reports.ledger.rows import load_rows, newest_date
from units.http import Request
from units.models import Unit
from units.pages.kept import kept
from units.stamps.shown import FINALIZED


@require_safe
@kept(FINALIZED)
def counties(request: Request, slug: str) -> HttpResponse:
    """Every split number that the actor may see: target, plan, actual, both rates, city sum."""
    plan = plan_or_404(request, slug)
    rows = load_rows(plan, request.actor, request.today, with_filings=False)
    context = {
        "plan": plan,
        "page": county_page(rows),
        "as_of": newest_date(rows),
    }
    return render(request, "reports/counties/counties.html", context)


@require_safe
@kept(FINALIZED)
def county(request: Request, slug: str, pk: int) -> HttpResponse:
    """One county: its part of every number, and every item that it answers for."""
    plan = plan_or_404(request, slug)
    rows = load_rows(plan, request.actor, request.today, with_filings=False)
    answering = {held.unit_id for row in rows for held in row.holders}
    unit = get_object_or_404(Unit.objects.filter(pk__in=answering), pk=pk)
    context = {
        "plan": plan,
        "page": one_county(rows, unit),
        "as_of": newest_date(rows),
    }
    return render(request, "reports/counties/county.html", context)
