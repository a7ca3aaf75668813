"""The auditor's log leaves as a workbook, and that it left is in the log."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from reports.audit.workbook import audit_log
from reports.excel.writing import write
from units.files.attachments import hand_out_made
from units.http import Request
from units.lists.tool import ids_of
from units.log.filters import LogFilter
from units.models import LogEntry
from units.permissions import can_read_log, require

MOST = 50_000
TOO_MANY = "符合条件的日志有{count}条，一次最多导出{most}条，请按日期分段导出。"


@require_safe
def audit_excel(request: Request) -> HttpResponse:
    """The rows of the page under the same filters, oldest first."""
    require(can_read_log(request.actor))
    found = LogFilter(request.GET, LogEntry.objects.order_by("position"))
    rows, chosen = found.qs, ids_of(request.GET, "row")
    if chosen:
        rows = rows.filter(position__in=chosen)
    if (count := rows.count()) > MOST:
        messages.warning(request, TOO_MANY.format(count=count, most=MOST))
        return redirect("units:audit")
    filters = f"所选{count}条" if chosen else _in_words(found)
    sheet = audit_log(rows.iterator(chunk_size=500), filters, request.today)
    content = write(sheet, author=request.actor.label, now=request.now)
    name = f"操作日志_{request.today:%Y%m%d}.xlsx"
    return hand_out_made(
        request, content, name, summary="导出操作日志", filters=filters, rows=count
    )


def _in_words(found: LogFilter) -> str:
    """The filters that were set: 操作人：市住建局；自：2022-08-01."""
    form = found.form
    said = {
        name: form.cleaned_data.get(name)
        for name in form.fields
        if form.is_valid() and form.cleaned_data.get(name) not in (None, "")
    }
    return "；".join(
        f"{form.fields[name].label}：{_chosen(form.fields[name], value)}"
        for name, value in said.items()
    )


def _chosen(field: Any, value: object) -> str:
    """The words of a choice; anything else as it was typed."""
    return str(dict(getattr(field, "choices", ())).get(value, value))
