"""Workbooks leave: the rows of the page, under the page's filters, each download in the log."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from reports.excel.writing import write
from reports.exports.asking import ask
from reports.frame.marking import mark_of
from reports.workbooks.asked import Asked
from reports.workbooks.books import task_ledger
from reports.workbooks.choice import asked_of, words_of
from reports.workbooks.described import Workbook
from reports.workbooks.shelf import book_called
from units.files.attachments import hand_out_made
from units.http import Request

MOST_AT_ONCE = 2_000  # items in one answer; more is made in the background (reports.exports)


@require_safe
def ledger_excel(request: Request, slug: str) -> HttpResponseBase:
    """任务台账 as the page shows it."""
    plan = plan_or_404(request, slug)
    actor, today = request.actor, request.today
    asked = asked_of(request.GET, None, plan=plan, actor=actor, today=today)
    if asked is None:
        messages.warning(request, "没有找到所选的填报期，请重新选择后下载。")
        return redirect("reports:ledger", plan.slug)
    return _sent(request, task_ledger.WORKBOOK, asked)


@require_safe
def workbook_excel(request: Request, slug: str, book: str) -> HttpResponseBase:
    """One of the workbooks of 台账报表, for the period and the rows that were chosen."""
    plan = plan_or_404(request, slug)
    described = book_called(book)
    if described is None:
        raise Http404
    actor, today = request.actor, request.today
    asked = asked_of(request.GET, described, plan=plan, actor=actor, today=today)
    if asked is None or not asked.ledger.is_valid():
        messages.warning(request, "没有找到所选的填报期、单位或其他条件，请重新选择后下载。")
        return redirect("reports:workbooks", plan.slug)
    return _sent(request, described, asked)


def _sent(request: Request, book: Workbook, asked: Asked) -> HttpResponseBase:
    if len(asked.rows) > MOST_AT_ONCE:
        return _later(request, book, asked)
    mark = mark_of(asked.plan, asked.actor, request.now)
    content = write(*book.build(asked), author=asked.actor.label, now=request.now, mark=mark)
    name = asked.file_name(book.file_word)
    return hand_out_made(
        request,
        content,
        name,
        summary=f"导出{book.title}",
        subject=asked.plan,
        filters=words_of(asked),
        rows=len(asked.rows),
    )


def _later(request: Request, book: Workbook, asked: Asked) -> HttpResponseBase:
    """Too much to wait for: it is made in the background, and nothing of it is cut."""
    ask(
        plan=asked.plan,
        book=book.slug,
        title=book.title,
        query=request.GET.urlencode(),
        actor=asked.actor,
        now=request.now,
    )
    messages.info(request, f"{book.title}内容较多，正在后台生成，完成后发送消息。")
    return redirect("reports:exports", asked.plan.slug)
