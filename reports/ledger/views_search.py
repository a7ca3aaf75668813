"""搜索: the box in the top bar, on every page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from reports.ledger.facets import SEARCH
from reports.ledger.filters import LedgerFilter
from reports.ledger.rows import load_rows
from reports.ledger.searching import by_closeness, units_called
from units.http import Request
from units.pages.kept import kept
from units.stamps.shown import FINALIZED


@require_safe
@kept(FINALIZED)
def search(request: Request, slug: str) -> HttpResponse:
    """Items by number, text, unit, alias or initials; only those that the actor may see."""
    plan = plan_or_404(request, slug)
    rows = load_rows(plan, request.actor, request.today, with_filings=False)
    words = request.GET.get(SEARCH, "").strip()
    filters = LedgerFilter({SEARCH: words}, plan=plan, actor=request.actor, rows=rows)
    units = []
    if words and filters.is_valid():
        units = filters.index.of_units(units_called(rows, words, filters.index.aliases))
    context = {
        "plan": plan,
        "words": words,
        "is_valid": filters.is_valid(),
        "rows": by_closeness(filters.matching_rows(), words) if words else [],
        "units": units,
        "query": filters.query,
    }
    return render(request, "reports/ledger/search.html", context)
