"""Files that come in: judged by what is in them, stored under a random name, never by their own.

Accepted are PDF, JPG and PNG up to 20 MB. What a file calls itself is kept for people only.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from datetime import datetime
from typing import Any

import filetype
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from progress.models import Evidence, EvidenceKind, ProgressReport, ReportVersion
from units import log
from units.actors import Actor

LIMIT = 20 * 1024 * 1024
HEAD = 8192
TAIL = 2048  # Acrobat looks for the end of a PDF in the last 1,024 bytes
# content type → ending of the stored name
ACCEPTED = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
NAME_LENGTH = 200

EMPTY = "文件是空的，请重新选择。"
TOO_LARGE = "文件超过20MB，请压缩或拆分后上传。"
BROKEN = "文件不完整或已损坏，请重新生成后上传。"
WRONG_KIND = "只能上传PDF、JPG、PNG文件（按文件内容判断，改扩展名无效），请转换后上传。"


class Unacceptable(ValueError):  # noqa: N818  # an answer, not a fault
    """Why a file is refused; `str()` is a whole Chinese sentence."""


def content_type_of(upload: File[Any]) -> str:
    """The accepted content type of `upload`, by what is in it. Raises `Unacceptable`."""
    if not upload.size:
        raise Unacceptable(EMPTY)
    if upload.size > LIMIT:
        raise Unacceptable(TOO_LARGE)
    upload.seek(0)
    head = upload.read(HEAD)
    upload.seek(max(0, upload.size - TAIL))
    tail = upload.read(TAIL)
    upload.seek(0)
    kind = filetype.guess(head)
    if kind is None or kind.mime not in ACCEPTED:
        raise Unacceptable(WRONG_KIND)
    if not _is_whole(kind.mime, head, tail):
        raise Unacceptable(BROKEN)
    return str(kind.mime)


def _is_whole(mime: str, head: bytes, tail: bytes) -> bool:
    """Whether the parts are there without which no program opens the file: a scan cut short by the
    network is told at once. Phones append to JPG, so its end says nothing; its first marker does.
    """
    if mime == "application/pdf":
        return b"%PDF-" in head[:1024] and b"%%EOF" in tail
    if mime == "image/png":
        return head[12:16] == b"IHDR" and b"IEND" in tail
    return head[3:4] >= b"\xc0"


@transaction.atomic
def attach(
    *,
    upload: UploadedFile[Any],
    kind: EvidenceKind,
    report: ProgressReport,
    version: ReportVersion,
    actor: Actor,
    now: datetime,
) -> Evidence:
    """Keep `upload` with a version of a report. Raises `Unacceptable`; one log entry."""
    content_type = content_type_of(upload)
    name = printable_name(upload.name or "")
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    evidence = Evidence(
        task=report.task,
        version=version,
        unit=report.unit,
        kind=kind,
        name=name,
        content_type=content_type,
        size=upload.size or 0,
        sha256=digest.hexdigest(),
        uploaded_by=actor.user,
        uploaded_by_name=actor.name,
        uploaded_at=now,
    )
    evidence.file.save(f"{uuid.uuid4().hex}.{ACCEPTED[content_type]}", upload, save=False)
    evidence.save()
    log.record(
        actor=actor,
        action="evidence.add",
        subject=evidence,
        summary=f"上传{evidence.get_kind_display()}：{report} {name}",
        changes={"sha256": evidence.sha256, "size": evidence.size},
        now=now,
    )
    return evidence


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
