"""Files that were kept while the virus scanner was away (待扫描), scanned when it is back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

from django.conf import settings
from django.db import transaction

from huangshi_tasks.lib.clamd import CHUNK, Answer, scan
from progress.models import Evidence, MatterFile
from units import log
from units.files.scanning import STATES, ScanState

Kept: TypeAlias = Evidence | MatterFile


def scan_again(*, now: datetime) -> None:
    """Open what is clean to its readers; what is infected is taken off and stays closed."""
    for kept in _waiting():
        try:
            found = scan(_chunks(kept), settings.CLAMD_URL)
        except FileNotFoundError:
            continue
        if found.answer == Answer.UNREACHABLE:
            return
        if found.answer == Answer.INFECTED:
            _close(kept, found.virus, now)
        else:  # the office may also have taken the scanner out of service
            kept.scan = STATES[found.answer]
            kept.save(update_fields=["scan"])


def _waiting() -> list[Kept]:
    evidence = Evidence.objects.filter(scan=ScanState.WAITING)
    return [*evidence, *MatterFile.objects.filter(scan=ScanState.WAITING)]


def _chunks(kept: Kept) -> Iterator[bytes]:
    with kept.file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            yield chunk


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
