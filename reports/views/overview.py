"""总览, the one page of a leader; the office reads the same."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.access import plan_or_404
from reports import stats
from reports.filters import LedgerFilter
from reports.headlines import headlines_of
from reports.projects import projects_of
from reports.rows import load_rows, newest_date
from units.http import Request
from units.permissions import ALLOWED, denied, require


@require_safe
def overview(request: Request, slug: str) -> HttpResponse:
    """Reads the latest 定稿 of every item; `?leader=` shows one portfolio."""
    plan = plan_or_404(request, slug)
    reads = request.actor.is_office or request.actor.is_reader
    require(ALLOWED if reads else denied("总览供市领导和督查室查阅，本单位事项请见我的工作台。"))
    everything = load_rows(plan, request.actor, request.today, with_filings=False)
    choice = {"leader": request.GET.get("leader", "")}
    chosen = LedgerFilter(choice, plan=plan, actor=request.actor, rows=everything)
    rows = chosen.matching_rows()
    context = {
        "plan": plan,
        "filter": chosen,
        "leaders": chosen.facets()["leader"],
        "leader": chosen.chosen.get("leader", ""),
        "total": stats.tally(rows),
        "as_of": newest_date(rows),
        "behind": stats.behind(rows),
        "asking": stats.asking(rows),
        "areas": stats.by_area(rows),
        "project_page": projects_of(rows, request.today),
        "project_tally": stats.tally([row for row in rows if row.task.is_project]),
        "headlines": headlines_of(plan),
    }
    return render(request, "reports/overview.html", context)
