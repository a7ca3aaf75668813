"""Ledgers as Excel workbooks: the rows of the page, under the page's filters."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from progress.access import plan_or_404
from reports import excel
from reports.filters import LedgerFilter
from reports.rows import load_rows
from reports.workbooks.task_ledger import file_name, task_ledger
from units import log
from units.http import Request

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def ledger_excel(request: Request, slug: str) -> HttpResponse:
    actor, today = request.actor, request.today
    plan = plan_or_404(request, slug)
    rows = load_rows(plan, actor, today, with_filings="filing" in request.GET)
    filters = LedgerFilter(request.GET, plan=plan, actor=actor, rows=rows)
    found = filters.matching_rows()
    sheet = task_ledger(plan, found, filters, actor, today)
    content = excel.write(sheet, author=actor.label, now=request.now)
    name = file_name(found, filters, plan, today)
    log.record(
        action="export",
        summary=f"导出任务台账，共{len(found)}项",
        subject=plan,
        changes={"file": name, "filters": filters.chosen, "rows": len(found)},
        actor=actor,
        now=request.now,
    )
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
