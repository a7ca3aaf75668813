"""十件实事: all projects on one page."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from reports.ledger.rows import load_rows, newest_date
from reports.projects.page import projects_of
from reports.projects.parts import project_parts
from reports.stats.lights import tally
from units.http import Request
from units.pages.kept import kept
from units.stamps.shown import FINALIZED, LIVE


@require_safe
@kept(FINALIZED)
def projects(request: Request, slug: str) -> HttpResponse:
    """The projects the actor may see, as of their latest 定稿."""
    plan = plan_or_404(request, slug)
    rows = [
        row
        for row in load_rows(plan, request.actor, request.today, with_filings=False)
        if row.task.is_project
    ]
    context = {
        "plan": plan,
        "page": projects_of(rows),
        "tally": tally(rows),
        "as_of": newest_date(rows),
    }
    return render(request, "reports/projects/projects.html", context)


@require_safe
@kept(FINALIZED, LIVE)
def parts(request: Request, slug: str, number: int) -> HttpResponse:
    """One project: 分项, 子项 with states and photos, last year's promise beside this year's."""
    plan = plan_or_404(request, slug)
    actor, today = request.actor, request.today
    rows = load_rows(plan, actor, today, with_filings=False)
    row = next((row for row in rows if row.task.is_project and row.task.number == number), None)
    if row is None:
        raise Http404
    context = {"plan": plan, "task": row.task, "page": project_parts(row, actor)}
    return render(request, "reports/projects/project_parts.html", context)
