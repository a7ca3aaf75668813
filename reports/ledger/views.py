"""任务台账: every item the actor may see, filtered by what the address says."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from progress.periods.access import plan_or_404
from progress.urging.unreported import collecting, urge_from
from reports.ledger.asked import rows_asked
from reports.ledger.columns import columns_of
from reports.ledger.faces import faces_of
from reports.ledger.filters import LedgerFilter
from reports.ledger.groups import grouped
from reports.ledger.rows import LedgerRow, filing_heading, newest_date, totals
from units.http import Request
from units.lists.tool import ListTool
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
    newest, heading = newest_date(rows), filing_heading(rows)
    tool = ListTool[LedgerRow](request.GET, columns_of(newest, heading), ROWS_PER_PAGE)
    page = tool.page(tool.ordered(filters.matching_rows()))
    groups = grouped(list(page), tool.sorted_by.label if tool.sorted_by else "")
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
            "tool": tool,
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
    asked = "&".join(filter(None, (filters.query, tool.own_query)))
    address = f"{request.path}?{asked}" if asked else request.path
    return push_url(response, address) if request.htmx else response
