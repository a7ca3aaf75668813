"""操作日志, for the auditor."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from units.http import Request
from units.lists.tool import Column, ListTool
from units.log.filters import LogFilter
from units.log.reading import trace_of
from units.log.verification import first_bad_position
from units.models import LogEntry
from units.permissions import can_read_log, require

PER_PAGE = 50
COLUMNS = (
    Column("pick", "选择", stays=True, css="l-ck"),
    Column("position", "序号", css="n", field="position"),
    Column("at", "时间", stays=True, field="at"),
    Column("actor", "操作人", field="actor_name"),
    Column("action", "操作", field="action"),
    Column("summary", "摘要、变更和原因", stays=True),
    Column("subject", "对象"),
    Column("hash", "校验值", css="hide-s"),
)


@require_safe
def audit(request: Request) -> HttpResponse:
    """Newest first, with filters; `?verify=1` also walks the chain and says whether it is whole."""
    require(can_read_log(request.actor))
    entries = LogFilter(request.GET, LogEntry.objects.order_by("-position"))
    tool = ListTool[LogEntry](request.GET, COLUMNS, PER_PAGE)
    page = tool.page(tool.asked(entries.qs))
    rows = [(entry, trace_of(entry)) for entry in page.object_list]
    context = {"filter": entries, "tool": tool, "page": page, "rows": rows}
    if "verify" in request.GET:
        context["is_verified"], context["bad_position"] = True, first_bad_position()
    return render(request, "units/audit/audit.html", context)
