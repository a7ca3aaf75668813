"""Files that were kept while the virus scanner was away (待扫描), scanned when it is back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction

from huangshi_tasks.lib.clamd import CHUNK, Answer, scan
from progress.models import Evidence, MatterFile
from progress.models.evidence import ScanState
from units import log

Kept = Evidence | MatterFile


def scan_again(*, now: datetime) -> None:
    """Open what is clean to its readers; what is infected is withdrawn and stays closed."""
    for evidence in _waiting():
        try:
            found = scan(_chunks(evidence), settings.CLAMD_URL)
        except FileNotFoundError:
            continue
        if found.answer == Answer.UNREACHABLE:
            return
        if found.answer == Answer.INFECTED:
            _withdraw(evidence, found.virus, now)
        else:  # the office may also have taken the scanner out of service
            is_clean = found.answer == Answer.CLEAN
            evidence.scan = ScanState.CLEAN if is_clean else ScanState.NOT_CONFIGURED
            evidence.save(update_fields=["scan"])


def _waiting() -> Iterator[Kept]:
    for model in (Evidence, MatterFile):
        yield from model._default_manager.filter(scan=ScanState.WAITING, withdrawn_at=None)


def _chunks(evidence: Kept) -> Iterator[bytes]:
    with evidence.file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            yield chunk


@transaction.atomic
def _withdraw(evidence: Kept, virus: str, now: datetime) -> None:
    """Row and file stay as a trace; `WAITING` keeps the file from everybody for good."""
    evidence.withdrawn_at = now
    evidence.save(update_fields=["withdrawn_at"])
    log.record(
        action="evidence.infected",
        subject=evidence,
        summary=f"撤下含病毒文件：{evidence.name}（{virus}）",
        changes={"sha256": evidence.sha256, "virus": virus},
        now=now,
    )
