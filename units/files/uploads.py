"""Files that come in: judged by what is in them and scanned, before any transaction.

Scanning is slow; whoever keeps the file does so afterwards (`units.files.keeping`). What a file
calls itself is kept for people only.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from huangshi_tasks.lib.file_kinds import TEXT, FileKind, Unacceptable, kind_of
from units.actors import Actor
from units.errors import NotNow
from units.files.previews import preview_of
from units.files.quota import OverQuota, take
from units.files.scanning import STATES, Infected, ScanState, scanned
from units.files.store import FULL, has_room
from units.http import Request

__all__ = ["Checked", "Unacceptable", "check", "checked_upload", "printable_name"]

NAME_LENGTH = 200


@dataclass(frozen=True)
class Checked:
    """An upload that may be kept. `preview` is a JPEG, of images only."""

    upload: UploadedFile[Any]
    name: str
    kind: FileKind
    sha256: str
    scan: ScanState
    preview: bytes | None = None


def checked_upload(
    request: Request, upload: UploadedFile[Any] | None, *, has_preview: bool = False
) -> Checked | None:
    """What a form brought, judged and scanned. Raises `NotNow` with why it may not be kept."""
    if upload is None:
        return None
    try:
        return check(upload, actor=request.actor, now=request.now, has_preview=has_preview)
    except Unacceptable as problem:
        raise NotNow(f"{upload.name}：{problem}") from None


def check(
    upload: UploadedFile[Any],
    *,
    actor: Actor,
    now: datetime,
    has_preview: bool = False,
    is_text: bool = False,
) -> Checked:
    """Judge and scan `upload`. Raises `Unacceptable`; a virus is logged too. No row is written.

    An image is decoded only where a page shows it (`has_preview`): papers of an approval never.
    `is_text`: the caller has read it as plain text, which cannot be told by its content.
    """
    name = printable_name(upload.name or "")
    if not has_room(upload.size or 0):
        raise Unacceptable(FULL)
    try:
        take(actor, upload.size or 0)
    except OverQuota as problem:
        raise Unacceptable(str(problem)) from None
    kind = FileKind(TEXT) if is_text else kind_of(upload, upload.size or 0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return Checked(
        upload=upload,
        name=kind.name_for(name)[-NAME_LENGTH:],
        kind=kind,
        sha256=digest.hexdigest(),
        scan=_scan(upload, name, digest.hexdigest(), actor, now),
        preview=preview_of(upload) if has_preview and kind.is_image else None,
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
    return STATES[found.answer]


def printable_name(name: str) -> str:
    """What the person called the file, without folders and control characters."""
    plain = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", name.replace("\\", "/"))
    return plain.rsplit("/", 1)[-1].strip()[-NAME_LENGTH:] or "未命名"
