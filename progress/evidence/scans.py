"""Files that were kept while the virus scanner was away (待扫描), scanned when it is back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

from django.conf import settings
from django.db import transaction

from huangshi_tasks.lib.clamd import CHUNK, Answer, scan
from progress.models import Evidence, MatterFile
from tasks.models import NoticeSource
from units import log
from units.files.scanning import STATES, ScanState
from units.job_runs import one_by_one

Kept: TypeAlias = Evidence | MatterFile | NoticeSource


def scan_again(*, now: datetime) -> None:
    """Open what is clean to its readers; what is infected is taken off and stays closed."""
    for kept in _waiting():
        if one_by_one([kept], lambda kept: _scan_one(kept, now)) == [False]:
            return


def _scan_one(kept: Kept, now: datetime) -> bool:
    """False when the scanner does not answer. Raises what keeps this file from being read."""
    found = scan(_chunks(kept), settings.CLAMD_URL)
    if found.answer == Answer.UNREACHABLE:
        return False
    if found.answer == Answer.INFECTED:
        _close(kept, found.virus, now)
    else:  # the office may also have taken the scanner out of service
        kept.scan = STATES[found.answer]
        kept.save(update_fields=["scan"])
    return True


def _waiting() -> list[Kept]:
    models: tuple[type[Kept], ...] = (Evidence, MatterFile, NoticeSource)
    return [
        each for model in models for each in model._default_manager.filter(scan=ScanState.WAITING)
    ]


class UnreadableError(Exception):
    """A stored file that the server cannot read: no fault of the scanner's."""


def _chunks(kept: Kept) -> Iterator[bytes]:
    try:
        with kept.file.open("rb") as opened:
            while chunk := opened.read(CHUNK):
                yield chunk
    except OSError as problem:
        raise UnreadableError(str(kept.file.name)) from problem


@transaction.atomic
def _close(kept: Kept, virus: str, now: datetime) -> None:
    """Row and file stay as a trace; nobody opens the file any more."""
    kept.scan = ScanState.INFECTED
    kept.save(update_fields=["scan"])
    if isinstance(kept, Evidence) and kept.withdrawn_at is None:
        kept.withdrawn_at = now
        kept.save(update_fields=["withdrawn_at"])
    log.record(
        action="evidence.infected",
        subject=kept,
        summary=f"撤下含病毒文件：{kept.name}（{virus}）",
        changes={"sha256": kept.sha256, "virus": virus},
        now=now,
    )
