"""总览, the one page of a leader; the office reads the same."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from progress.access import plan_or_404
from reports import stats
from reports.coordination import problems_of
from reports.filters import LedgerFilter
from reports.headlines import headlines_of
from reports.projects import projects_of
from reports.rows import load_rows, newest_date
from units.actors import Actor
from units.http import Request
from units.permissions import ALLOWED, Verdict, denied, require


def can_read_overview(actor: Actor) -> Verdict:
    """The whole city on one page: for leaders, observers and the office."""
    if actor.is_office or actor.is_reader:
        return ALLOWED
    return denied("总览供市领导和督查室查阅，本单位事项请见我的工作台。")


@require_safe
def overview(request: Request, slug: str) -> HttpResponse:
    """Reads the latest 定稿 of every item. `?leader=` shows one portfolio, `?behind=all` all that
    is behind; every count links to the ledger with the filters that list its rows.
    """
    plan = plan_or_404(request, slug)
    actor, today = request.actor, request.today
    require(can_read_overview(actor))
    everything = load_rows(plan, actor, today, with_filings=False)
    choice = {"leader": request.GET.get("leader", "")}
    filters = LedgerFilter(choice, plan=plan, actor=actor, rows=everything)
    if not filters.is_valid():
        messages.warning(request, "没有找到该分管市领导的事项，现显示全市。")
        return redirect("reports:overview", plan.slug)
    rows = filters.matching_rows()
    context = {
        "plan": plan,
        "leaders": filters.index.facet("leader", "分管市领导", filters.chosen),
        "own_post": str(actor.appointment.post_id or ""),
        # goes before every further filter of a link to the ledger
        "scope": "".join(f"{urlencode({key: value})}&" for key, value in filters.chosen.items()),
        "tally": stats.tally(rows),
        "as_of": newest_date(rows),
        "behind": stats.behind(rows, everything=request.GET.get("behind") == "all"),
        "problems": problems_of(rows),
        "areas": stats.by_area(rows),
        "projects": projects_of(rows, today),
        "project_tally": stats.tally([row for row in rows if row.task.is_project]),
        "headlines": headlines_of(plan, today),
    }
    return render(request, "reports/overview.html", context)
