"""操作日志, for the auditor."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from units.http import Request
from units.log.filters import LogFilter
from units.log.reading import trace_of
from units.log.verification import first_bad_position
from units.models import LogEntry
from units.permissions import can_read_log, require

PER_PAGE = 50


@require_safe
def audit(request: Request) -> HttpResponse:
    """Newest first, with filters; `?verify=1` also walks the chain and says whether it is whole."""
    require(can_read_log(request.actor))
    entries = LogFilter(request.GET, LogEntry.objects.order_by("-position"))
    page = Paginator(entries.qs, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(entry, trace_of(entry)) for entry in page.object_list]
    context = {"filter": entries, "page": page, "rows": rows}
    if "verify" in request.GET:
        context["is_verified"], context["bad_position"] = True, first_bad_position()
    return render(request, "units/log/audit.html", context)
