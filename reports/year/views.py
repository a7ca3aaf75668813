"""The year from other sides: one 方面, 责任矩阵, 时间轴."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from reports.ledger.groups import grouped
from reports.ledger.rows import load_rows, newest_date
from reports.stats.lights import tally
from reports.stats.moves import moves
from reports.year.matrix_page import matrix as matrix_of
from reports.year.timeline import timeline as timeline_of
from units.http import Request
from units.pages.kept import kept
from units.stamps.shown import FINALIZED, LIVE


@require_safe
@kept(FINALIZED)
def area(request: Request, slug: str, number: int) -> HttpResponse:
    """One 方面: its counts, and its items under their 小标题."""
    plan = plan_or_404(request, slug)
    rows = load_rows(plan, request.actor, request.today, with_filings=False)
    areas = {row.task.area.ordinal: row.task.area for row in rows if row.task.area is not None}
    if number not in areas:
        raise Http404
    own = [row for row in rows if row.task.area is not None and row.task.area.ordinal == number]
    context = {
        "plan": plan,
        "area": areas[number],
        "areas": [areas[ordinal] for ordinal in sorted(areas)],
        "groups": grouped(own),
        "tally": tally(own),
        "moves": moves(own),
        "as_of": newest_date(own),
    }
    return render(request, "reports/year/area.html", context)


@require_safe
@kept(FINALIZED)
def matrix(request: Request, slug: str) -> HttpResponse:
    """责任矩阵: units and items, who answers for what."""
    plan = plan_or_404(request, slug)
    rows = load_rows(plan, request.actor, request.today, with_filings=False)
    return render(request, "reports/year/matrix.html", {"plan": plan, "matrix": matrix_of(rows)})


@require_safe
@kept(FINALIZED, LIVE)
def timeline(request: Request, slug: str) -> HttpResponse:
    """时间轴 of milestones and deadlines."""
    plan = plan_or_404(request, slug)
    rows = load_rows(plan, request.actor, request.today, with_filings=False)
    months = timeline_of(rows, request.today)
    return render(request, "reports/year/timeline.html", {"plan": plan, "months": months})
