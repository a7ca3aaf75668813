"""The scan of an approval: taken in, kept with it, handed out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import FileResponse, Http404

from huangshi_tasks.lib.file_kinds import CONTENT_TYPES
from units.errors import NotNow
from units.files.attachments import hand_out
from units.files.keeping import gone_on_failure, store
from units.files.scanning import ScanState
from units.files.uploads import Checked, checked_upload
from units.http import Request
from units.models import Approval

R = TypeVar("R")


def add_scan(approval: Approval, checked: Checked | None) -> None:
    """Put the scan of the paper onto an approval that is about to be saved."""
    if checked is None:
        return
    if checked.scan == ScanState.WAITING:  # nobody scans it again: the paper may come tomorrow
        raise NotNow("病毒扫描暂不可用，扫描件请稍后再上传，或先不附扫描件登记。")
    approval.scan_sha256 = checked.sha256
    store(approval.scan, checked)


def approval_given(request: Request, form: Any) -> Approval:
    """What an `ApprovalForm` says, with its scan, not saved. Raises `NotNow` for a bad scan."""
    approval: Approval = form.approval(request.actor, request.now)
    add_scan(approval, checked_upload(request, form.cleaned_data["scan"]))
    return approval


def with_scan(verb: Callable[..., R]) -> Callable[..., R]:
    """`verb`, whose `approval` may bring a scan: refused, it leaves none behind."""

    @wraps(verb)
    def keeping(*, approval: Approval, **given: Any) -> R:
        with gone_on_failure([approval]):
            return verb(approval=approval, **given)

    return keeping


def scan_file(request: Request, approval: Approval | None) -> FileResponse:
    """The scan, handed out; whether it may be read is the caller's to ask."""
    if approval is None or not approval.scan:
        raise Http404
    ending = str(approval.scan.name).rsplit(".", 1)[-1]
    return hand_out(
        request,
        approval.scan,
        f"批准件-{approval.decided_on:%Y%m%d}.{ending}",
        subject=approval,
        summary=f"下载批准件：{approval}",
        called="批准件扫描件",
        content_type=CONTENT_TYPES.get(ending),
    )
