"""搜索: the box in the top bar, on every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from reports.ledger.facets import SEARCH
from reports.ledger.filters import LedgerFilter
from reports.ledger.rows import load_rows
from reports.ledger.searching import by_closeness, units_called
from reports.search.elsewhere import elsewhere_of
from units.http import Request
from units.pages.kept import kept
from units.stamps.shown import FINALIZED, LIVE

SUGGESTED = 8  # under the box while somebody types


@require_safe
@kept(FINALIZED, LIVE)
def search(request: Request, slug: str) -> HttpResponse:
    """Items by number, text, unit, alias or initials; matters, pages and people by name; only what
    the actor may see. One hit that cannot be another opens; while somebody types, the first of them
    are listed under the box.
    """
    plan = plan_or_404(request, slug)
    rows = load_rows(plan, request.actor, request.today, with_filings=False)
    words = request.GET.get(SEARCH, "").strip()
    filters = LedgerFilter({SEARCH: words}, plan=plan, actor=request.actor, rows=rows)
    is_valid = filters.is_valid()
    units, others = [], []
    if words and is_valid:
        units = filters.index.of_units(units_called(rows, words, filters.index.aliases))
        others = elsewhere_of(plan, request.actor, words, request.today)
    context = {
        "plan": plan,
        "words": words,
        "is_valid": is_valid,
        "rows": by_closeness(filters.matching_rows(), words) if words else [],
        "units": units,
        "others": others,
        "query": filters.query,
    }
    if request.htmx:
        return render(request, "reports/search/_hits.html", context | {"most": SUGGESTED})
    only = _only(context)
    return redirect(only) if only else render(request, "reports/search/search.html", context)


def _only(context: dict[str, Any]) -> str:
    """Where the one hit leads: the exact one, or the only one there is; else nothing."""
    exact = [hit.url for hit in context["others"] if hit.exact]
    if len(exact) == 1:
        return str(exact[0])
    rows, others = context["rows"], context["others"]
    if len(rows) == 1 and not context["units"] and not others:
        return str(rows[0].task.get_absolute_url())
    if len(others) == 1 and not rows and not context["units"]:
        return str(others[0].url)
    return ""
