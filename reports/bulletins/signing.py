"""The signature of a paper, registered by the office with its scan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reports.bulletins.acts import sign
from reports.models import Bulletin
from units.actors import Actor
from units.files.approval_files import put_scan
from units.files.approvals import new_approval
from units.files.keeping import gone_on_failure
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
    if values["scan"]:
        put_scan(approval, check(values["scan"], actor=actor, now=now))
    with gone_on_failure([approval]):
        return sign(bulletin=bulletin, approval=approval, actor=actor, now=now)
