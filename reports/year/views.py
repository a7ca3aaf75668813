"""The year from other sides: one 方面, 责任矩阵, 时间轴, 全年一览."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from reports.ledger.filters import LedgerFilter
from reports.ledger.groups import grouped
from reports.ledger.rows import load_rows, newest_date
from reports.stats.lights import tally
from reports.stats.moves import moves
from reports.year.matrix_page import matrix as matrix_of
from reports.year.months import year_of
from reports.year.timeline import timeline as timeline_of
from units.http import Request
from units.pages.kept import kept
from units.stamps.shown import FINALIZED, LIVE

CHOICES = ("area", "unit", "leader", "kind")


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


@require_safe
@kept(FINALIZED)
def months(request: Request, slug: str) -> HttpResponse:
    """全年一览: every 定稿 of the items that the address asks for, `?area=3`, `?unit=14`,
    `?leader=2`, `?kind=practical_project`.
    """
    plan = plan_or_404(request, slug)
    rows = load_rows(plan, request.actor, request.today, with_filings=False)
    choice = {name: request.GET.get(name, "") for name in CHOICES}
    filters = LedgerFilter(choice, plan=plan, actor=request.actor, rows=rows)
    if not filters.is_valid():
        raise Http404
    context = {
        "plan": plan,
        "words": [words for _, words in filters.chosen_words()],
        "query": filters.query,
        "year": year_of(filters.matching_rows()),
    }
    return render(request, "reports/year/months.html", context)
