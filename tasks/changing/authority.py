"""On whose authority the plan is changed: a decision taken elsewhere, registered by the office."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from units.actors import Actor
from units.errors import NotNow
from units.files.approval_files import add_scan
from units.files.approvals import new_approval
from units.files.keeping import gone_on_failure
from units.files.uploads import Checked
from units.models import Approval


@dataclass(frozen=True)
class Decision:
    """Who decided, when, and on which paper; `scan` was judged before."""

    decided_by: str
    decided_on: date
    authority: str
    scan: Checked | None = None

    @contextmanager
    def registered(self, actor: Actor, now: datetime) -> Iterator[Approval]:
        """Write it, in one transaction with what it approves; refused, it leaves no scan behind."""
        approval = self._approval(actor, now)
        with gone_on_failure([approval]):
            add_scan(approval, self.scan)
            with transaction.atomic():
                approval.save()
                yield approval

    def _approval(self, actor: Actor, now: datetime) -> Approval:
        if self.decided_on > now.date():
            raise NotNow("批准日期不能晚于今天。")
        return new_approval(
            decided_by=self.decided_by,
            decided_on=self.decided_on,
            authority=self.authority,
            actor=actor,
            now=now,
        )
