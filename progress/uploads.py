"""Files that come in: judged by what is in them, scanned, stored under a random name.

Two steps, for scanning is slow and must not hold a transaction: `check` looks at the content,
`attach` keeps it with its one log entry. What a file calls itself is kept for people only.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from huangshi_tasks.lib.clamd import Answer
from progress.file_kinds import FileKind, Unacceptable, kind_of
from progress.models import Evidence, EvidenceKind
from progress.models.evidence import ScanState
from progress.previews import preview_of
from tasks.models import Task
from units import log
from units.actors import Actor
from units.models import Unit
from units.scanning import Infected, scanned

__all__ = ["Checked", "Unacceptable", "attach", "check", "printable_name", "withdraw_evidence"]

NAME_LENGTH = 200
SCANS = {
    Answer.NOT_CONFIGURED: ScanState.NOT_CONFIGURED,
    Answer.CLEAN: ScanState.CLEAN,
    Answer.UNREACHABLE: ScanState.WAITING,
}


@dataclass(frozen=True)
class Checked:
    """An upload that may be kept. `preview` is a JPEG, of images only."""

    upload: UploadedFile[Any]
    name: str
    kind: FileKind
    sha256: str
    scan: ScanState
    preview: bytes | None = None


def check(upload: UploadedFile[Any], *, actor: Actor, now: datetime) -> Checked:
    """Judge and scan `upload`. Raises `Unacceptable`; a virus is logged too. No row is written."""
    name = printable_name(upload.name or "")
    kind = kind_of(upload, upload.size or 0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return Checked(
        upload=upload,
        name=kind.name_for(name)[-NAME_LENGTH:],
        kind=kind,
        sha256=digest.hexdigest(),
        scan=_scan(upload, name, digest.hexdigest(), actor, now),
        preview=preview_of(upload) if kind.is_image else None,
    )


def _scan(
    upload: UploadedFile[Any], name: str, sha256: str, actor: Actor, now: datetime
) -> ScanState:
    upload.seek(0)
    try:
        found = scanned(upload.chunks(), name=name, sha256=sha256, actor=actor, now=now)
    except Infected as problem:
        raise Unacceptable(str(problem)) from None
    finally:
        upload.seek(0)
    return SCANS[found.answer]


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


def printable_name(name: str) -> str:
    """What the person called the file, without folders and control characters."""
    plain = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", name.replace("\\", "/"))
    return plain.rsplit("/", 1)[-1].strip()[-NAME_LENGTH:] or "未命名"


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
