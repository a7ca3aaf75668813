"""On whose authority the plan is changed: a decision taken elsewhere, registered by the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from units.actors import Actor
from units.errors import NotNow
from units.models import Approval


@dataclass(frozen=True)
class Decision:
    """Who decided, when, and on which paper."""

    decided_by: str
    decided_on: date
    authority: str

    def register(self, actor: Actor, now: datetime) -> Approval:
        """Write it; call inside the transaction of what it approves."""
        if self.decided_on > now.date():
            raise NotNow("批准日期不能晚于今天。")
        return Approval.objects.create(
            decided_by=self.decided_by,
            decided_on=self.decided_on,
            authority=self.authority,
            registered_by=actor.user,
            registered_by_name=actor.name[:80],
            registered_at=now,
        )
