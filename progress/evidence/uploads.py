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


@transaction.atomic
def attach_once(
    *, among: models.QuerySet[Evidence], checked: Checked, subject: models.Model, **given: Any
) -> tuple[Evidence, bool]:
    """As `attach`, and whether it is new: `among` may hold the same file already, by name and
    content, and then that one is it. A form sent twice and a file sent again after the network
    broke off are kept once. `subject` is locked, so that of two at once the second finds the first.
    """
    type(subject)._base_manager.select_for_update(of=("self",)).get(pk=subject.pk)
    same = among.filter(name=checked.name, sha256=checked.sha256, withdrawn_at__isnull=True)
    first = same.order_by("pk").first()
    if first is not None:
        return first, False
    return attach(checked=checked, subject=subject, **given), True


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
