"""A list leaves as Excel, logged as what left the house."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from huangshi_tasks.lib import text
from progress.periods.access import plan_or_404
from reports.excel.book import A4_ACROSS, Column, Sheet
from reports.excel.writing import write
from reports.frame.marking import mark_of
from reports.lists.described import LISTS
from reports.workbooks.described import numbered
from units.files.attachments import hand_out_made
from units.http import Request
from units.lists.tool import ids_of
from units.permissions import require

CHOSEN = "row"


@require_safe
def list_excel(request: Request, slug: str, name: str) -> HttpResponse:
    """The rows of the page under the same conditions, or those chosen of it (`row`)."""
    listed = LISTS.get(name)
    if listed is None:
        raise Http404
    require(listed.may_read(request.actor))
    plan = plan_or_404(request, slug)
    rows, words = listed.rows(request, plan)
    if chosen := ids_of(request.GET, CHOSEN):
        rows, words = [row for row in rows if listed.key(row) in chosen], "所选"
    sheet = Sheet(
        name=listed.title,
        title=f"{plan.year}年{listed.title}",
        facts=(
            f"条件：{words or '全部'}，共{len(rows)}{listed.noun}",
            f"导出日期：{request.today.year}年{text.day(request.today)}",
        ),
        columns=(Column("序号", 6, "center"), *listed.columns),
        rows=numbered(list(listed.cells(row)) for row in rows),
        fixed=2,
        paper=A4_ACROSS,
    )
    content = write(
        sheet,
        author=request.actor.label,
        now=request.now,
        mark=mark_of(plan, request.actor, request.now),
    )
    return hand_out_made(
        request,
        content,
        f"{listed.title}_{request.today:%Y%m%d}.xlsx",
        summary=f"导出{listed.title}",
        subject=plan,
        filters=words,
        rows=len(rows),
    )
