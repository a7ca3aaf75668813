"""An approval: a decision taken elsewhere, as the office registers it."""

from __future__ import annotations

from datetime import date, datetime

from units.actors import Actor
from units.models import Approval, Post


def new_approval(
    *,
    decided_by: str,
    decided_on: date,
    authority: str,
    actor: Actor,
    now: datetime,
    post: Post | None = None,
) -> Approval:
    """An approval ready to be saved together with what it approves."""
    return Approval(
        post=post,
        decided_by=decided_by,
        decided_on=decided_on,
        authority=authority,
        registered_by=actor.user,
        registered_by_name=actor.name[:80],
        registered_at=now,
    )
