"""审计部分 of the archives, for the auditor: to be fetched, and its password on demand."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from reports.exports.sealed.passwords import password_of
from reports.models import SealedPart
from units import log
from units.errors import NotNow
from units.files.attachments import hand_out
from units.http import Request
from units.permissions import can_read_log, require

SHOWN = 50
GONE = "生成审计部分时的服务器密钥已更换，口令无法再算出，请督查室重新生成归档包。"


@require_safe
def parts(request: Request) -> HttpResponse:
    """The newest first; the file while it is kept."""
    require(can_read_log(request.actor))
    return _page(request)


@require_safe
def part_file(request: Request, pk: int) -> HttpResponseBase:
    """Each download is in the log."""
    require(can_read_log(request.actor))
    part = get_object_or_404(_parts().exclude(file=""), pk=pk)
    return hand_out(
        request,
        part.file,
        part.name,
        subject=part.export,
        action="export",
        summary=f"下载{part.export.title}审计部分",
        changes={"file": part.name, "sha256": part.sha256},
    )


@require_POST
@sensitive_variables()
def part_password(request: Request, pk: int) -> HttpResponse:
    """The password, on this answer only; that it was shown is in the log."""
    require(can_read_log(request.actor))
    part = get_object_or_404(_parts().exclude(file=""), pk=pk)
    password = password_of(part.export, part.mark)
    if not password:
        raise NotNow(GONE)
    with transaction.atomic():
        log.record(
            actor=request.actor,
            action="export.password",
            subject=part.export,
            summary=f"查看{part.export.title}审计部分的口令",
            now=request.now,
        )
    return _page(request, shown=part, password=password)


def _parts() -> QuerySet[SealedPart]:
    return SealedPart.objects.select_related("export__plan", "export__requested_by")


@sensitive_variables()
def _page(request: Request, shown: SealedPart | None = None, password: str = "") -> HttpResponse:
    context = {"parts": _parts()[:SHOWN], "shown": shown, "password": password}
    return render(request, "reports/exports/sealed/parts.html", context)
