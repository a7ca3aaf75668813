"""Making what was asked for, outside any page. Safe to run twice: the first to start makes it."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import IO

from django.core.files import File
from django.http import QueryDict
from django.urls import reverse

from progress.telling import notice
from reports.excel.book import Row, Sheet
from reports.excel.writing import write
from reports.exports.archive import Target, write_archive
from reports.exports.sealed.keeping import keep_part
from reports.exports.sealed.passwords import password_of
from reports.exports.tables import EXPORTS
from reports.frame.marking import mark_of
from reports.models import ARCHIVE, Export, ExportState
from reports.workbooks.choice import TELEPHONES, asked_of
from reports.workbooks.shelf import book_called
from units.actors import Actor
from units.errors import NotNow, Refused, ends_the_run
from units.files.keeping import random_name
from units.job_runs import missed, one_by_one
from units.models import Appointment

KEPT = timedelta(days=7)
LOST = "有{count}个文件缺失或与登记不符，见包内files/index.csv，请联系系统管理员。"
STEP = 500  # rows between two looks at whether it was cancelled
ABANDONED = timedelta(hours=1)
Tell = Callable[[int, int], None]  # done, total


class CancelledError(Exception):
    """Whoever asked for it does not want it any more."""


class CannotError(Exception):
    """It cannot be made; the text says why and what to do."""


def run_waiting(*, now: datetime) -> int:
    """Make everything that waits, in the order in which it was asked for; returns how many."""
    _give_up_abandoned(now)
    waiting = Export.objects.filter(state=ExportState.WAITING).order_by("requested_at", "pk")
    return sum(one_by_one(waiting, lambda export: run(export.pk, now=now)))


def run(pk: int, *, now: datetime) -> bool:
    """Make one; True when it is ready. A missing or started one is no error."""
    related = Export.objects.select_related("plan", "requested_by", "appointment__unit")
    export = related.filter(pk=pk).first()
    if export is None:
        return False
    actor = Actor(export.requested_by, export.appointment)
    try:
        EXPORTS.perform("start", export, actor=actor, now=now, stamp=_started(now))
    except (NotNow, Refused):
        return False
    try:
        with tempfile.TemporaryFile() as made, tempfile.TemporaryFile() as sealed:
            name, note = _make(export, actor, now, made, sealed)
            return _finish(export, actor, name, note, made, sealed, now)
    except CancelledError:
        return False
    except CannotError as reason:
        _fail(export, actor, str(reason), now)
    except Exception as error:
        missed(export, error)
        _fail(export, actor, "生成时出错，请重试；仍不成功请联系系统管理员。", now)
        if ends_the_run(error):
            raise
    return False


def _started(now: datetime) -> Callable[[Export], Iterable[str]]:
    def stamp(locked: Export) -> Iterable[str]:
        locked.started_at = now
        return ("started_at",)

    return stamp


def _make(
    export: Export, actor: Actor, now: datetime, made: IO[bytes], sealed: IO[bytes]
) -> tuple[str, str]:
    """Write the file, of an archive the auditor's part too; returns its name and what is to be said
    of it.
    """
    if not Appointment.objects.on(now.date()).filter(pk=export.appointment_id).exists():
        raise CannotError("申请时的任职已终止，请以现在的身份重新导出。")
    if export.book == ARCHIVE:
        ticked = TELEPHONES in QueryDict(export.query)
        target = Target(made, sealed, password_of(export), ticked)
        lost = write_archive(export.plan, target, actor=actor, now=now, tell=_teller(export))
        note = LOST.format(count=len(lost)) if lost else ""
        return f"归档包_{export.plan.year}年_{now:%Y%m%d}.zip", note
    return _workbook(export, actor, now, made), ""


def _workbook(export: Export, actor: Actor, now: datetime, made: IO[bytes]) -> str:
    book = book_called(export.book)
    query = QueryDict(export.query)
    asked = book and asked_of(query, book, plan=export.plan, actor=actor, today=now.date())
    if book is None or not asked or not asked.ledger.is_valid():
        raise CannotError("所选的填报期、单位或其他条件已不存在，请重新选择后导出。")
    tell = _teller(export)
    total = len(asked.rows)
    sheets = [replace(sheet, rows=_counted(sheet, tell, total)) for sheet in book.build(asked)]
    mark = mark_of(export.plan, actor, now)
    made.write(write(*sheets, author=actor.label, now=now, mark=mark))
    return asked.file_name(book.file_word)


def _counted(sheet: Sheet, tell: Tell, total: int) -> Iterator[Row]:
    for place, row in enumerate(sheet.rows):
        if place % STEP == 0:
            tell(place, max(total, place))
        yield row


def _teller(export: Export) -> Tell:
    """Notes how far it is, and stops the run when it was cancelled."""

    def tell(done: int, total: int) -> None:
        rows = Export.objects.filter(pk=export.pk, state=ExportState.RUNNING)
        if not rows.update(done=done, total=total):
            raise CancelledError

    return tell


def _finish(
    export: Export,
    actor: Actor,
    name: str,
    note: str,
    made: IO[bytes],
    sealed: IO[bytes],
    now: datetime,
) -> bool:
    digest, size = _digest_of(made)
    is_archive = export.book == ARCHIVE

    def stamp(locked: Export) -> Sequence[str]:
        locked.name, locked.sha256, locked.size, locked.problem = name, digest, size, note
        locked.done = locked.total = max(locked.total, 1)
        locked.ended_at, locked.expires_at = now, now + KEPT
        made.seek(0)
        locked.file.save(random_name(name.rpartition(".")[2]), File(made), save=False)
        if is_archive:
            part = keep_part(locked, sealed, *_digest_of(sealed), now=now)
            details["sealed_sha256"] = part.sha256
        return (
            "name",
            "sha256",
            "size",
            "problem",
            "done",
            "total",
            "ended_at",
            "expires_at",
            "file",
        )

    details = {"sha256": digest}
    try:
        EXPORTS.perform("finish", export, actor=actor, now=now, stamp=stamp, details=details)
    except NotNow:  # cancelled at the last moment
        return False
    _tell_ready(export, now)
    return True


def _digest_of(made: IO[bytes]) -> tuple[str, int]:
    made.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := made.read(1024 * 1024):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _tell_ready(export: Export, now: datetime) -> None:
    notice.tell(
        {export.requested_by: None},
        f"export:{export.pk}",
        "ready",
        f"{export.title}已生成，请在7日内下载。",
        reverse("reports:exports", args=[export.plan.slug]),
        now=now,
        urgency=notice.DONE,
        once=True,
    )


def _fail(export: Export, actor: Actor, problem: str, now: datetime) -> None:
    def stamp(locked: Export) -> Sequence[str]:
        locked.problem, locked.ended_at = problem, now
        return ("problem", "ended_at")

    EXPORTS.perform("fail", export, actor=actor, now=now, stamp=stamp, reason=problem)


def _give_up_abandoned(now: datetime) -> None:
    """What a run that died left behind."""
    left = Export.objects.filter(state=ExportState.RUNNING, started_at__lt=now - ABANDONED)

    def give_up(export: Export) -> None:
        actor = Actor(export.requested_by, export.appointment)
        _fail(export, actor, "生成过程被中断，请重新导出。", now)

    one_by_one(left.select_related("requested_by", "appointment"), give_up)
