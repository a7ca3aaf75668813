"""The file between dry run and writing: kept under a random name, known by its hash, for a week."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction

from units.actors import Actor
from units.errors import NotNow
from units.files.keeping import random_name
from units.files.quota import OverQuota, take
from units.files.scanning import Infected, scanned
from units.job_runs import one_by_one
from units.models import SheetUpload
from units.sheets.book import Book, open_book
from units.sheets.package import Unreadable
from units.sheets.results import Result
from units.sheets.running import Import, note, perform, rehearse

KEPT_DAYS = 7
GONE = "上传的文件已超过7天或不在服务器上，请重新上传。"
DONE = "这份文件已经写入，不能重复写入；有改动的，请重新上传。"
HAS_MISTAKES = "有误的行还没有改正，没有写入。请改正后重新上传，或勾选“跳过有误的行”。"
UNUSABLE = "文件没有读懂，没有写入。请按提示改正后重新上传。"


def keep(
    *, wanted: Import, content: bytes, name: str, actor: Actor, now: datetime
) -> tuple[SheetUpload, Result]:
    """Rehearse and keep a workbook. Raises `Unreadable` when it is none.

    It is read before any transaction: who works meanwhile waits for none of it.
    """
    try:
        take(actor, len(content))
    except OverQuota as problem:
        raise Unreadable(str(problem)) from None
    book = open_book(content)
    sha256 = hashlib.sha256(content).hexdigest()
    try:  # a workbook that waits for the scanner is read by us and opened by nobody else
        scanned([content], name=name, sha256=sha256, actor=actor, now=now)
    except Infected as problem:
        raise Unreadable(str(problem)) from None
    result = rehearse(wanted, book, actor, now)
    forget_old(now)
    upload = SheetUpload(
        kind=wanted.kind,
        scope=wanted.scope,
        name=name,
        sha256=sha256,
        uploaded_by=actor.user,
        role=actor.role,
        unit=actor.unit,
        uploaded_at=now,
        result=result.as_json(),
    )
    upload.file.save(random_name("xlsx"), ContentFile(content), save=False)
    upload.save()
    return upload, result


def content_of(upload: SheetUpload) -> bytes:
    """What was uploaded. Raises `NotNow` when it is gone or no longer the same."""
    try:
        with upload.file.open("rb") as kept:
            content: bytes = kept.read()
    except (FileNotFoundError, ValueError):
        raise NotNow(GONE) from None
    if hashlib.sha256(content).hexdigest() != upload.sha256:
        raise NotNow(GONE)
    return content


def apply(
    *, wanted: Import, upload: SheetUpload, actor: Actor, now: datetime, skips_bad: bool
) -> tuple[Result, str]:
    """Write a kept workbook. Returns what was found, and why it was not written, if so.

    Everything is checked again: the world may have moved since the dry run.
    """
    if upload.applied_at is not None:
        raise NotNow(DONE)
    try:
        book = open_book(content_of(upload))
    except Unreadable as problem:  # the rules became stricter since
        raise NotNow(str(problem)) from None
    return _write(wanted, upload, book, actor, now, skips_bad=skips_bad)


@transaction.atomic
def _write(
    wanted: Import,
    upload: SheetUpload,
    book: Book,
    actor: Actor,
    now: datetime,
    *,
    skips_bad: bool,
) -> tuple[Result, str]:
    locked = SheetUpload.objects.select_for_update().get(pk=upload.pk)
    if locked.applied_at is not None:
        raise NotNow(DONE)
    result, is_written = perform(wanted, book, actor, now, skips_bad=skips_bad)
    locked.result = result.as_json()
    locked.applied_at = now if is_written else None
    locked.save(update_fields=["result", "applied_at"])
    if not is_written:
        return result, UNUSABLE if result.is_unusable else HAS_MISTAKES
    note(wanted, result, actor, now, locked.sha256)
    return result, ""


def forget_old(now: datetime) -> None:
    """Delete files a week old; their rows stay, without what was in them."""
    old = SheetUpload.objects.filter(uploaded_at__lt=now - timedelta(days=KEPT_DAYS))
    one_by_one(old.exclude(file=""), _forget)


def _forget(upload: SheetUpload) -> None:
    upload.file.delete(save=False)
    upload.file, upload.result = "", {}
    upload.save(update_fields=["file", "result"])
