"""Files of a decision: the evidence of a request or claim, and the scan of an approval."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from progress.models import Adjustment, Closure, Evidence, EvidenceKind
from progress.models.evidence import ScanState
from progress.uploads import Checked, Unacceptable, attach, check
from units.errors import NotNow
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


def add_evidence(
    request: Request, checked: Checked | None, decision: Adjustment | Closure
) -> Evidence | None:
    """Keep the file with a request or a claim; one log entry."""
    if checked is None:
        return None
    actor = request.actor
    link = "closure" if isinstance(decision, Closure) else "adjustment"
    return attach(
        checked=checked,
        kind=EvidenceKind.EVIDENCE,
        task=decision.task,
        unit=actor.unit if actor.is_of_a_unit else None,
        subject=decision,
        actor=actor,
        now=request.now,
        **{link: decision},
    )


def add_scan(approval: Approval, checked: Checked | None) -> None:
    """Put the scan of the paper onto an approval that is about to be saved."""
    if checked is None:
        return
    if checked.scan == ScanState.WAITING:  # a paper of an approval may come tomorrow
        raise NotNow("病毒扫描暂不可用，批准文件的扫描件请稍后再上传。")
    approval.scan_sha256 = checked.sha256
    stored = f"{uuid.uuid4().hex}.{checked.kind.kind}"
    approval.scan.save(stored, checked.upload, save=False)
