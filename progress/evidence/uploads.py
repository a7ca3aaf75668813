"""Files that are kept with an item: stored under a random name, with one log entry.

What may be kept at all is judged before, outside the transaction: `units.uploads.check`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction

from progress.models import Adjustment, Closure, Evidence, EvidenceKind
from tasks.models import Task
from units import log
from units.actors import Actor
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
    evidence = Evidence(
        task=task,
        unit=unit,
        kind=kind,
        name=checked.name,
        content_type=checked.kind.content_type,
        size=checked.upload.size or 0,
        sha256=checked.sha256,
        scan=checked.scan,
        uploaded_by=actor.user,
        uploaded_by_name=actor.name,
        uploaded_at=now,
        **links,
    )
    with _files_gone_on_failure(evidence), transaction.atomic():
        _store(evidence, checked)
        evidence.save()
        log.record(
            actor=actor,
            action="evidence.add",
            subject=evidence,
            summary=f"上传{evidence.get_kind_display()}：{subject} {evidence.name}",
            changes={
                "sha256": evidence.sha256,
                "size": evidence.size,
                "scan": evidence.get_scan_display(),
            },
            now=now,
        )
    return evidence


def _store(evidence: Evidence, checked: Checked) -> None:
    stem = uuid.uuid4().hex
    evidence.file.save(f"{stem}.{checked.kind.kind}", checked.upload, save=False)
    if checked.preview is not None:
        evidence.preview.save(f"{stem}.jpg", ContentFile(checked.preview), save=False)


@contextmanager
def _files_gone_on_failure(evidence: Evidence) -> Iterator[None]:
    """A row that was rolled back leaves no file behind."""
    try:
        yield
    except BaseException:
        discard_files([evidence])
        raise


def discard_files(rows: Iterable[Evidence]) -> None:
    """Remove the stored files of rows that a rolled-back transaction took along."""
    for evidence in rows:
        for stored in (evidence.file, evidence.preview):
            if stored:
                stored.delete(save=False)


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
