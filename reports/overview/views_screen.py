"""大屏 1920×1080: the overview on a wall. It refreshes itself and says how old its data are."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from reports.ledger.rows import load_rows, newest_date
from reports.numbers.headlines import headlines_of
from reports.overview.permissions import can_read_overview
from reports.overview.screen_page import line_of, ten_of
from reports.projects.page import projects_of
from reports.stats import severity
from reports.stats.areas import by_area
from reports.stats.lights import tally
from reports.stats.moves import moves
from reports.stats.trend import history_of, trend
from tasks.models import Visibility
from units.http import Request
from units.pages.kept import kept
from units.permissions import require
from units.stamps.shown import FINALIZED

BEHIND_SHOWN = 13  # rows of the list that fit the wall


@require_safe
@kept(FINALIZED)
def screen(request: Request, slug: str) -> HttpResponse:
    """The latest 定稿 without restricted items, whoever is logged in: a wall has more readers."""
    plan = plan_or_404(request, slug)
    require(can_read_overview(request.actor))
    loaded = load_rows(plan, request.actor, request.today, with_filings=False)
    rows = [row for row in loaded if row.task.visibility == Visibility.NORMAL]
    behind = severity.behind(rows, everything=True)
    context = {
        "plan": plan,
        "tally": tally(rows),
        "moves": moves(rows),
        "as_of": newest_date(rows),
        "behind": behind.rows[:BEHIND_SHOWN],
        "behind_total": behind.total,
        "areas": by_area(rows),
        "ten": ten_of(projects_of(rows).projects),
        "headlines": headlines_of(plan, request.today),
        "line": line_of(trend(rows, history_of(rows))),
    }
    return render(request, "reports/overview/screen.html", context)
