"""Files that are kept with an item: as evidence, with a request or a claim; taken off again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction

from progress.models import Adjustment, Closure, Evidence, EvidenceKind
from tasks.models import Task
from units import log
from units.actors import Actor
from units.files.keeping import keep
from units.files.uploads import Checked
from units.http import Request
from units.models import Unit


def attach(
    *,
    checked: Checked,
    kind: EvidenceKind,
    task: Task,
    unit: Unit | None,
    subject: models.Model,
    actor: Actor,
    now: datetime,
    **links: Any,
) -> Evidence:
    """Keep `checked` with the item. `links` are the other foreign keys of `Evidence` (`version`,
    `closure`, `visit`, …); `subject` is what the log calls it by. One log entry.
    """
    links |= {"task": task, "unit": unit, "kind": kind}
    return keep(Evidence, checked, of=subject, actor=actor, now=now, **links)


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


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, actor: Actor, now: datetime) -> None:
    """Take a file off a report that is still being written; row and file stay on record."""
    evidence.withdrawn_at = now
    evidence.save(update_fields=["withdrawn_at"])
    log.record(
        actor=actor,
        action="evidence.withdraw",
        subject=evidence,
        summary=f"撤下{evidence.get_kind_display()}：{evidence.name}",
        now=now,
    )
