"""Papers that are no bulletins: 报送单, 督办单, 领导一页; on the page, for print, as Word."""

from __future__ import annotations

import re
from dataclasses import replace

from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.checking.look import look_at
from progress.lifecycle.permissions import can_see_drafts
from progress.matters.page import order_or_404
from progress.meetings.page import meeting_or_404
from progress.models import ProgressReport, ReportState
from progress.periods.access import plan_or_404, report_or_404
from reports.frame.marking import mark_of
from reports.ledger.asked import PERIOD, rows_asked
from reports.ledger.filters import LedgerFilter
from reports.overview.permissions import can_read_overview
from reports.papers.meeting_minutes import minutes_of
from reports.papers.one_page import Asked, one_page
from reports.papers.one_page_rows import matters_of, months_of
from reports.papers.order_sheet import order_paper
from reports.papers.report_sheet import sheet_of
from reports.word.blocks import Block, Paper, Sheet
from reports.word.named import named_blocks
from reports.word.writing import CONTENT_TYPE, write
from units.errors import NotNow
from units.files.attachments import hand_out_made
from units.http import Request
from units.lists.tool import ids_of
from units.permissions import require

MOST = 100  # sheets at once


def _sheet(request: Request, slug: str, pk: int) -> tuple[ProgressReport, Paper]:
    report = report_or_404(request, slug, pk)
    require(can_see_drafts(request.actor, report))
    return report, sheet_of(report, look_at(report, report.latest()), request.today)


@require_safe
def report_sheet(request: Request, slug: str, pk: int) -> HttpResponse:
    """《进展情况报送单》 to print, stamp and sign."""
    report, paper = _sheet(request, slug, pk)
    context = {"plan": request.plan, "report": report, "blocks": named_blocks(paper)}
    return render(request, "reports/papers/report_sheet.html", context)


@require_safe
def report_sheet_word(request: Request, slug: str, pk: int) -> HttpResponse:
    report, paper = _sheet(request, slug, pk)
    name = f"报送单_{report.period.label}_{report.task.code}_{report.unit_name}.docx"
    return _file(request, paper, name, report)


def _sheets(request: Request, slug: str) -> tuple[list[ProgressReport], Paper]:
    """The sheets of all reports that the address names, each on a page of its own."""
    plan_or_404(request, slug)
    found = [_sheet(request, slug, pk) for pk in sorted(ids_of(request.GET, "report"))[:MOST]]
    if not found:
        raise NotNow("请先选择要打印的进展。")
    blocks: list[Block] = []
    for _, paper in found:
        blocks += [*([Sheet()] if blocks else []), *paper.blocks]
    return [report for report, _ in found], replace(
        found[0][1], title=f"进展情况报送单（{len(found)}份）", blocks=blocks
    )


@require_safe
def report_sheets(request: Request, slug: str) -> HttpResponse:
    """报送单 of several reports to print, and where their scan comes back."""
    reports, paper = _sheets(request, slug)
    context = {
        "plan": request.plan,
        "reports": reports,
        "waiting": [each for each in reports if each.state == ReportState.SIGNING],
        "blocks": named_blocks(paper),
    }
    return render(request, "reports/papers/report_sheets.html", context)


@require_safe
def report_sheets_word(request: Request, slug: str) -> HttpResponse:
    reports, paper = _sheets(request, slug)
    return _file(request, paper, f"报送单_{len(reports)}份_{request.today:%Y%m%d}.docx", reports[0])


def _asked(request: Request, slug: str) -> tuple[Asked, str]:
    """What `?leader=` and `?period=` ask for, and how the address says whose."""
    plan = plan_or_404(request, slug)
    actor, today = request.actor, request.today
    require(can_read_overview(actor))
    day = request.GET.get(PERIOD, "")
    rows = rows_asked(plan, actor, today, {PERIOD: day})
    choice = {"leader": request.GET.get("leader", "")}
    filters = LedgerFilter(choice, plan=plan, actor=actor, rows=rows)
    if not filters.is_valid() or (day and day not in {value for value, _ in months_of(plan)}):
        raise Http404
    leader = filters.chosen.get("leader", "")
    whose = "、".join(words for _, words in filters.chosen_words())
    matters = matters_of(plan, actor, leader, today)
    return Asked(plan, filters.matching_rows(), rows, whose, matters, today), filters.query


@require_safe
def leader_page(request: Request, slug: str) -> HttpResponse:
    """领导一页 to print; `?leader=` shows one portfolio, `?period=` an earlier 定稿."""
    asked, query = _asked(request, slug)
    context = {
        "plan": request.plan,
        "asked": asked,
        "blocks": named_blocks(one_page(asked)),
        "query": query,
        "months": months_of(asked.plan),
        "chosen": request.GET.get(PERIOD, ""),
    }
    return render(request, "reports/papers/leader_page.html", context)


@require_safe
def leader_page_word(request: Request, slug: str) -> HttpResponse:
    asked, _ = _asked(request, slug)
    return _file(request, one_page(asked), f"{asked.name}.docx", request.plan)


def _file(request: Request, paper: Paper, name: str, subject: models.Model) -> HttpResponse:
    """The Word file, marked as the plan asks, logged as what left the house."""
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f\s]+', "", name)
    content = write(paper, mark_of(request.plan, request.actor, request.now))
    return hand_out_made(
        request,
        content,
        plain,
        subject=subject,
        summary=f"导出{plain}",
        content_type=CONTENT_TYPE,
    )


@require_safe
def order_word(request: Request, slug: str, pk: int) -> HttpResponse:
    """督办单, for whom it is there to read."""
    order = order_or_404(request, slug, pk)
    paper = order_paper(order, request.today)
    return _file(request, paper, f"{order.code}_{order.title}.docx", order)


@require_safe
def meeting_word(request: Request, slug: str, pk: int) -> HttpResponse:
    """The minutes of a 调度会, for the office."""
    held = meeting_or_404(request, slug, pk)
    name = f"{held.title}_{held.held_on:%Y%m%d}_纪要.docx"
    return _file(request, minutes_of(held, request.today), name, held)
