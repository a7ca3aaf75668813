"""The scan of an approval: taken in, kept with it, handed out."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404

from units import log
from units.errors import NotNow
from units.files.attachments import opened, served
from units.files.scanning import ScanState
from units.files.uploads import Checked, Unacceptable, check
from units.http import Request
from units.models import Approval


def checked_upload(request: Request, upload: UploadedFile[Any] | None) -> Checked | None:
    """Judged and scanned, before any transaction. Raises `NotNow` with why it may not be kept."""
    if upload is None:
        return None
    try:
        return check(upload, actor=request.actor, now=request.now)
    except Unacceptable as problem:
        raise NotNow(f"{upload.name}：{problem}") from None


def add_scan(approval: Approval, checked: Checked | None) -> None:
    """Put the scan of the paper onto an approval that is about to be saved."""
    if checked is None:
        return
    if checked.scan == ScanState.WAITING:  # a paper of an approval may come tomorrow
        raise NotNow("病毒扫描暂不可用，批准文件的扫描件请稍后再上传。")
    approval.scan_sha256 = checked.sha256
    stored = f"{uuid.uuid4().hex}.{checked.kind.kind}"
    approval.scan.save(stored, checked.upload, save=False)


def scan_file(request: Request, approval: Approval | None) -> FileResponse:
    """The scan as an attachment, with one log entry; whether it may be read is the caller's to
    ask.
    """
    if approval is None or not approval.scan:
        raise Http404
    stored = opened("批准件扫描件", approval.scan)
    with transaction.atomic():
        log.record(
            actor=request.actor,
            action="approval.download",
            subject=approval,
            summary=f"下载批准件：{approval}",
            now=request.now,
        )
    ending = str(approval.scan.name).rsplit(".", 1)[-1]
    name = f"批准件-{approval.decided_on:%Y%m%d}.{ending}"
    return served(FileResponse(stored, as_attachment=True, filename=name))
