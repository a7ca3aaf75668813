"""台账报表: every workbook with what can be chosen of it, to be downloaded."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from reports.workbooks.asked import Asked
from reports.workbooks.choice import choices_of
from reports.workbooks.shelf import WORKBOOKS
from units.http import Request


@require_safe
def workbooks(request: Request, slug: str) -> HttpResponse:
    """A unit chooses among its own rows; whoever reads, among what is finalized."""
    plan = plan_or_404(request, slug)
    asked = Asked(plan, request.actor, request.today, {})
    context = {
        "plan": plan,
        "as_of": asked.as_of,
        "row_count": len(asked.rows),
        "books": [(book, choices_of(book, asked)) for book in WORKBOOKS],
    }
    return render(request, "reports/workbooks/workbooks.html", context)
