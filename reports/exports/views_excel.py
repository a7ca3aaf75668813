"""Workbooks leave: the rows of the page, under the page's filters, each download in the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from zlib import compress, decompress

import msgspec
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from reports.excel.writing import Parts, parts_of, sealed
from reports.exports.asking import ask
from reports.frame.marking import mark_of
from reports.workbooks.asked import Asked
from reports.workbooks.books import task_ledger
from reports.workbooks.choice import asked_of, words_of
from reports.workbooks.described import Workbook
from reports.workbooks.shelf import book_called
from units.files.attachments import hand_out_made
from units.http import Request
from units.pages.kept import kept_value
from units.stamps.shown import TOPICS

_to_bytes = msgspec.msgpack.Encoder().encode
_from_bytes = msgspec.msgpack.Decoder(Parts).decode
GOES_ON = ("live", "filing")  # filters
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


class Made(NamedTuple):
    """A workbook as it is kept for everybody who sees the same, and what the log says of it."""

    pressed: bytes  # the `Parts` of it
    name: str
    filters: Mapping[str, object]
    rows: int


def _sent(request: Request, book: Workbook, asked: Asked) -> HttpResponseBase:
    """Made once for a 定稿; author, moment and 水印 are each person's own."""
    goes_on = any(asked.filters.get(name) for name in GOES_ON)
    topics = TOPICS if goes_on else book.topics
    made = kept_value(request, topics, lambda: _made(book, asked))
    if made is None:
        return _later(request, book, asked)
    content = sealed(
        _parts(made.pressed),
        author=asked.actor.label,
        now=request.now,
        mark=mark_of(asked.plan, asked.actor, request.now),
    )
    return hand_out_made(
        request,
        content,
        made.name,
        summary=f"导出{book.title}",
        subject=asked.plan,
        filters=made.filters,
        rows=made.rows,
    )


def _made(book: Workbook, asked: Asked) -> Made | None:
    """None where it is too much for one answer."""
    if len(asked.rows) > MOST_AT_ONCE:
        return None
    pressed = compress(_to_bytes(parts_of(*book.build(asked))), 1)
    return Made(pressed, asked.file_name(book.file_word), words_of(asked), len(asked.rows))


def _parts(pressed: bytes) -> Parts:
    return _from_bytes(decompress(pressed))


def _later(request: Request, book: Workbook, asked: Asked) -> HttpResponseBase:
    """Too much to wait for: it is made in the background, and nothing of it is cut."""
    ask(
        plan=asked.plan,
        book=book.slug,
        title=str(book.title),
        query=request.GET.urlencode(),
        actor=asked.actor,
        now=request.now,
    )
    messages.info(request, f"{book.title}内容较多，正在后台生成，完成后发送消息。")
    return redirect("reports:exports", asked.plan.slug)
