"""任务台账: every item the actor may see, filtered by what the address says."""

from __future__ import annotations

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from progress.periods.access import plan_or_404
from progress.urging.unreported import collecting, urge_from
from reports.ledger.asked import rows_asked
from reports.ledger.faces import faces_of
from reports.ledger.filters import LedgerFilter
from reports.ledger.groups import grouped
from reports.ledger.rows import filing_heading, newest_date, totals
from units.http import Request
from units.pages.kept import kept
from units.stamps.shown import FINALIZED

ROWS_PER_PAGE = 200  # the year's 144 stand on one page


@require_safe
@kept(FINALIZED)
def ledger(request: Request, slug: str) -> HttpResponse:
    plan = plan_or_404(request, slug)
    actor, today = request.actor, request.today
    rows = rows_asked(plan, actor, today, request.GET.dict(), with_filings=True)
    filters = LedgerFilter(request.GET, plan=plan, actor=actor, rows=rows)
    page = Paginator(filters.matching_rows(), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    groups = grouped(list(page))
    newest, heading = newest_date(rows), filing_heading(rows)
    facets = filters.facets()
    if "filing" in facets:  # named after the period that is open
        facets["filing"] = replace(facets["filing"], label=heading)
    response = render(
        request,
        "reports/ledger/ledger.html",
        {
            "plan": plan,
            "filters": filters,
            "facets": facets,
            "page": page,
            "groups": groups,
            "shown": faces_of(groups, newest, has_filings=bool(heading), may_pick=actor.is_office),
            "row_count": len(rows),
            "totals": totals(rows),
            "data_as_of": newest,
            "filing_heading": heading,
            "urge_from": urge_from(collecting(plan, today), today),
        },
    )
    # the form sends every filter; the address keeps only those that are set
    return push_url(response, _address(request, filters)) if request.htmx else response


def _address(request: Request, filters: LedgerFilter) -> str:
    return f"{request.path}?{filters.query}" if filters.query else request.path
