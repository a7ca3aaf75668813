"""The signature of a paper, registered by the office with its scan."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from reports.bulletins.acts import sign
from reports.models import Bulletin
from units.actors import Actor
from units.approvals import new_approval
from units.files.uploads import check


def sign_with(
    *, bulletin: Bulletin, values: Mapping[str, Any], actor: Actor, now: datetime
) -> Bulletin:
    """登记签发 with the cleaned values of `ApprovalForm`. Raises `Unacceptable` for a scan that is
    none; one that is not kept in the end is removed.
    """
    post = values["post"]
    approval = new_approval(
        post=post,
        decided_by=values["decided_by"] or post.title,
        decided_on=values["decided_on"],
        authority=values["authority"],
        actor=actor,
        now=now,
    )
    scan: UploadedFile[Any] | None = values["scan"] or None
    if scan is not None:
        checked = check(scan, actor=actor, now=now)
        approval.scan_sha256 = checked.sha256
        approval.scan.save(f"{uuid.uuid4().hex}.{checked.kind.kind}", scan, save=False)
    try:
        return sign(bulletin=bulletin, approval=approval, actor=actor, now=now)
    except Exception:
        if scan is not None:
            approval.scan.delete(save=False)
        raise
