"""The signature of a paper, registered by the office with its scan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reports.bulletins.acts import sign
from reports.models import Bulletin
from units.actors import Actor
from units.errors import NotNow
from units.files.approval_files import add_scan, with_scan
from units.files.approvals import new_approval
from units.files.uploads import Checked, Unacceptable, check
from units.models import Approval


def sign_with(
    *, bulletin: Bulletin, values: Mapping[str, Any], actor: Actor, now: datetime
) -> Bulletin:
    """登记签发 with the cleaned values of `ApprovalForm`. Raises `Unacceptable` for a scan that is
    none, or that the scanner has not seen.
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
    if values["scan"]:
        _add_scan(approval, check(values["scan"], actor=actor, now=now))
    return with_scan(sign)(bulletin=bulletin, approval=approval, actor=actor, now=now)


def _add_scan(approval: Approval, checked: Checked) -> None:
    """What is wrong with the scan is said at its field."""
    try:
        add_scan(approval, checked)
    except NotNow as problem:
        raise Unacceptable(str(problem)) from None
