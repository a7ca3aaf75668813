"""年度衔接对照表, for the office."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from progress.turn.pairs import predecessor, turn_of
from reports.excel.writing import write
from reports.papers.turn_sheet import turn_sheet
from units.files.attachments import hand_out_made
from units.http import Request
from units.permissions import can_run_the_year, require


@require_safe
def turn_workbook(request: Request, slug: str) -> HttpResponse:
    """Both years side by side; none where there is no year before."""
    require(can_run_the_year(request.actor))
    plan = plan_or_404(request, slug)
    earlier = predecessor(plan)
    if earlier is None:
        raise Http404
    found = turn_of(plan, earlier)
    sheet = turn_sheet(found, request.today)
    content = write(sheet, author=request.actor.label, now=request.now)
    name = f"年度衔接对照表_{earlier.year}—{plan.year}年.xlsx"
    return hand_out_made(
        request, content, name, subject=plan, summary=f"导出{name}", rows=found.total
    )
