"""The auditor's part of an archive that was made: kept with it, and gone with it."""

from __future__ import annotations

from datetime import datetime
from typing import IO

from django.core.files import File

from reports.exports.sealed.passwords import mark_of, password_of
from reports.models import Export, SealedPart
from units.files.keeping import random_name
from units.guard.told import tell_auditors

READY = "{export}的审计部分已生成，请在7日内到“操作日志”下载，并另行保管口令。"


def keep_part(
    export: Export, made: IO[bytes], sha256: str, size: int, *, now: datetime
) -> SealedPart:
    """Keep it and tell the auditors. In the transaction in which the export is finished."""
    part = SealedPart(
        export=export,
        name=f"归档包审计部分_{export.plan.year}年_{now:%Y%m%d}.zip",
        size=size,
        sha256=sha256,
        mark=mark_of(password_of(export)),
    )
    made.seek(0)
    part.file.save(random_name("zip"), File(made), save=False)
    part.save()
    tell_auditors(READY.format(export=export.title), now=now)
    return part


def forget_part(export: Export) -> list[str]:
    """The row stays, as that of the export does; returns the stored names that are to be deleted
    once that is decided.
    """
    part = SealedPart.objects.filter(export=export).exclude(file="").first()
    if part is None:
        return []
    stored = str(part.file.name)
    part.file = ""
    part.save(update_fields=["file"])
    return [stored]
