"""总览, the one page of a leader; the office reads the same."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from progress.periods.access import active_plans, plan_or_404
from reports.ledger.asked import LIVE, rows_asked
from reports.ledger.filters import LedgerFilter
from reports.overview.coming import coming_of
from reports.overview.page import overview_page, own_portfolio
from reports.overview.permissions import can_read_overview
from units.city.words import said
from units.http import Request
from units.pages.kept import kept
from units.permissions import require
from units.stamps.shown import FINALIZED


@require_safe
@kept(FINALIZED)
def overview(request: Request, slug: str) -> HttpResponse:
    """Reads the latest 定稿 of every item, or for the office with `?live=1` what stands now.

    `?leader=5` shows one portfolio, `?leader=` the whole city; a deputy mayor starts in his own.
    `?behind=all` lists all that is behind. Every count links to the filters that list its rows.
    """
    plan = plan_or_404(request, slug)
    actor, today = request.actor, request.today
    require(can_read_overview(actor))
    everything = rows_asked(plan, actor, today, {LIVE: request.GET.get(LIVE, "")})
    choice = {name: request.GET.get(name, "") for name in ("leader", LIVE)}
    if "leader" not in request.GET:
        choice["leader"] = own_portfolio(actor, everything)
    filters = LedgerFilter(choice, plan=plan, actor=actor, rows=everything)
    if not filters.is_valid():
        messages.warning(request, said("没有找到该分管市领导的事项，现显示全市。"))
        return redirect(f"{request.path}?leader=")
    whole = request.GET.get("behind") == "all"
    page = overview_page(plan, filters, today, everything_behind=whole)
    coming = coming_of(plan, active_plans(request), actor, today) if actor.is_reader else None
    context = {"plan": plan, "coming": coming, **page}
    return render(request, "reports/overview/overview.html", context)
