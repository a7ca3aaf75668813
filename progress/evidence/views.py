"""Files going out: always through the permission of their item."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from progress.evidence.access import evidence_or_404
from progress.lifecycle.permissions import can_see_drafts
from progress.models import Evidence
from units.errors import NotNow
from units.files.attachments import hand_out, opened
from units.http import Request


@require_safe
def evidence(request: Request, slug: str, pk: int) -> HttpResponseBase:
    """Always an attachment, of the type that was found in it, and in the log."""
    found = _readable_or_404(request, slug, pk)
    return hand_out(
        request,
        found.file,
        found.name,
        subject=found,
        summary=f"下载{found.get_kind_display()}：{found.name}",
        content_type=found.content_type,
    )


@require_safe
def evidence_preview(request: Request, slug: str, pk: int) -> HttpResponseBase:
    """The image as we drew it again: the only thing of an upload that a page may show."""
    found = _readable_or_404(request, slug, pk)
    if not found.preview:
        raise Http404
    return FileResponse(opened(found.name, found.preview), content_type="image/jpeg")


def _readable_or_404(request: Request, slug: str, pk: int) -> Evidence:
    """What was taken off is for those who see drafts; what waits for the scanner for nobody."""
    found = evidence_or_404(request, slug, pk)
    version = found.version
    if found.withdrawn_at and version and not can_see_drafts(request.actor, version.report):
        raise Http404
    if found.is_waiting:
        raise NotNow(f"{found.name}尚待病毒扫描，扫描通过后方可打开。")
    return found
