"""归档, opening again, and the mark of the main series; each in one transaction, each logged."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from reports.exports.asking import ask
from reports.models import ARCHIVE
from reports.plan_state.checks import obstacles
from tasks import workflow
from tasks.models import Plan
from units.actors import Actor
from units.errors import NotNow


@transaction.atomic
def archive(*, plan: Plan, reason: str, actor: Actor, now: datetime) -> Plan:
    """Close the year: from now on it is only read. Its 归档包 is made by itself.

    Raises `NotNow` while anybody would still have something to do in it.
    """
    if found := obstacles(plan, now.date()):
        raise NotNow(f"还不能归档：{'；'.join(each.sentence for each in found)}。")
    closed = workflow.archive(plan=plan, actor=actor, now=now, reason=reason)
    ask(plan=plan, book=ARCHIVE, title=f"{plan.year}年归档包", query="", actor=actor, now=now)
    return closed


def reopen(*, plan: Plan, reason: str, actor: Actor, now: datetime) -> Plan:
    """Open it again, by a decision that the log keeps."""
    return workflow.reopen(plan=plan, actor=actor, now=now, reason=reason)
