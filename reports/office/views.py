"""报送统计, and the filings behind its numbers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from progress.urging.unreported import collecting, urge_from
from reports.excel.writing import write
from reports.frame.marking import mark_of
from reports.office.faces import Faces
from reports.office.filings_list import COLUMNS, filters_of
from reports.office.filings_page import conditions_in_words
from reports.office.filings_workbook import filings_sheet
from reports.office.page import office_page
from reports.stats.filing_lines import FilingLine, Wanted, filing_lines, lines_wanted
from tasks.models import Plan
from units.files.attachments import hand_out_made
from units.http import Request
from units.lists.tool import ListTool, ids_of
from units.pages.kept import kept
from units.permissions import can_run_the_year, require
from units.stamps.shown import FINALIZED, LIVE

PER_PAGE = 100
UNOFFERED = ("open", "wait", "finding")  # conditions that tiles ask for


@require_safe
@kept(FINALIZED, LIVE)
def figures(request: Request, slug: str) -> HttpResponse:
    """报送统计: who reports in time, and how the filings of the open periods stand by unit."""
    require(can_run_the_year(request.actor))
    plan = plan_or_404(request, slug)
    page, faces = office_page(plan, request.now), Faces(plan, request.today)
    heat = page.heat if request.GET.get("heat") == "all" else page.worst
    context = {
        "plan": plan,
        "page": page,
        "units": faces.units(page),
        "heat": heat,
        "heat_rows": faces.heat(heat),
        "quiet": faces.quiet(page.quiet),
    }
    return render(request, "reports/office/figures.html", context)


@require_safe
def filings(request: Request, slug: str) -> HttpResponse:
    """报送明细: the filings that a number counts."""
    require(can_run_the_year(request.actor))
    plan = plan_or_404(request, slug)
    wanted = Wanted.read(request.GET)
    every = filing_lines(plan, request.now)
    lines, tool = wanted.of(every), ListTool[FilingLine](request.GET, COLUMNS, PER_PAGE)
    page = tool.page(tool.ordered(lines))
    context = {
        "plan": plan,
        "wanted": wanted,
        "words": conditions_in_words(wanted, lines),
        "count": len(lines),
        "filters": filters_of(wanted, every),
        "also": [(name, value) for name in UNOFFERED if (value := getattr(wanted, name))],
        "tool": tool,
        "page": page,
        "faces": Faces(plan, request.today).lines(page.object_list),
        "urge_from": urge_from(collecting(plan, request.today), request.today),
    }
    return render(request, "reports/office/filings.html", context)


@require_safe
def filings_excel(request: Request, slug: str) -> HttpResponse:
    """The rows of 报送明细 under the same conditions, logged as what left the house."""
    plan, wanted, lines = _wanted(request, slug)
    if picked := ids_of(request.GET, "report"):
        lines = [line for line in lines if line.report.pk in picked]
    conditions = "，".join(conditions_in_words(wanted, lines))
    sheet = filings_sheet(lines, conditions, request.today)
    mark = mark_of(plan, request.actor, request.now)
    content = write(sheet, author=request.actor.label, now=request.now, mark=mark)
    name = f"报送明细_{request.today:%Y%m%d}.xlsx"
    return hand_out_made(
        request,
        content,
        name,
        summary="导出报送明细",
        subject=plan,
        filters=conditions,
        rows=len(lines),
    )


def _wanted(request: Request, slug: str) -> tuple[Plan, Wanted, list[FilingLine]]:
    require(can_run_the_year(request.actor))
    plan = plan_or_404(request, slug)
    wanted = Wanted.read(request.GET)
    return plan, wanted, lines_wanted(plan, request.now, wanted)
