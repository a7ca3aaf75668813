"""An archive back into an empty system: the same rows, files, log and numbers, or nothing at all.

The office's part alone holds neither accounts nor log: of it a 查阅副本 is made, in which nobody
can log in and nothing can be done (`units.log.closed`).

Files are written beside the store first and moved in when everything else has proved right; what a
run that was killed left there is cleared by the next.
"""

from __future__ import annotations

import filecmp
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

from django.conf import settings
from django.core import serializers
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, models, transaction

from reports.exports.explained import digests
from reports.exports.numbers import numbers_of
from reports.exports.package import CHUNK, FILES, INDEX
from reports.exports.scope import tables
from reports.exports.sealed.parts import TABLES
from reports.exports.sealed.writing import write_numbers, write_stand_ins
from tasks.models import Plan
from units.log.closed import mark_as_copy
from units.log.verification import verify
from units.models import LogEntry, Unit, User

STAGING = ".restoring"
TAKEN = "文件目录中已有内容不同的同名文件：{name}，请换用空的文件目录。"
LOG = "操作日志：恢复后第{position}号核对不符"
NO_KEY = "操作日志：带有密钥，而LOG_KEY_FILE没有设置或其中没有这个密钥，不能核对"
WHOLE = 2  # up to this version an archive was one zip


class NotEmptyError(Exception):
    """There is something in the system already."""


class DifferentError(Exception):
    """What came out is not what was archived; nothing was kept of it."""

    def __init__(self, differences: list[str]) -> None:
        super().__init__("；".join(differences[:5]))
        self.differences = differences


class Parts(NamedTuple):
    """What an archive is restored from. `auditor` is None of a whole one of before, and where there
    is only the office's part.
    """

    office: ZipFile
    manifest: dict[str, Any]
    auditor: ZipFile | None = None

    @property
    def is_reference(self) -> bool:
        return self.manifest["version"] > WHOLE and self.auditor is None

    def holding(self, name: str) -> ZipFile | None:
        """The part in which an entry lies."""
        both = (self.office, self.auditor)
        return next((part for part in both if part and name in part.namelist()), None)


def restore(archive: Parts) -> None:
    """Write rows and files, and prove that log and numbers are those of the archive.

    Raises `NotEmptyError`, `DifferentError` and whatever keeps a row or a file from being written;
    then nothing was written.
    """
    if any(model.objects.exists() for model in (Plan, Unit, User, LogEntry)):
        raise NotEmptyError("系统中已有数据，归档包只能恢复到空系统。")
    with _files_of(archive) as staged, transaction.atomic():
        if archive.is_reference:
            write_stand_ins(archive.office)
        for model in tables():
            _write_rows(archive, model._meta.label_lower)
        if archive.auditor is not None:
            write_numbers(archive.auditor)
        _cut_links_to_other_years()
        connection.check_constraints()
        _reset_sequences()
        if differences := list(_differences_from(archive)):
            raise DifferentError(differences)
        if archive.is_reference:
            mark_as_copy()
        _move_in(staged)


def _write_rows(archive: Parts, name: str) -> None:
    inside = f"data/{name}.jsonl"
    package, has_exact_times = archive.holding(inside), archive.manifest["version"] > 1
    if package is None:
        return
    with package.open(inside) as file:
        for row in serializers.deserialize("jsonl", file):
            if isinstance(row.object, LogEntry) and not has_exact_times:
                row.object.at = datetime.fromisoformat(json.loads(row.object.payload)["at"])
            row.save()


def _cut_links_to_other_years() -> None:
    """A row that belongs to no year, or came from another, may point to what was not archived."""
    for model in tables():
        links = (f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey))
        for link in links:
            if link.null:
                there = link.related_model._default_manager.values("pk")
                pointing = model._default_manager.exclude(**{link.name: None})
                pointing.exclude(**{f"{link.name}__in": there}).update(**{link.name: None})


def _reset_sequences() -> None:
    """PostgreSQL counts on from the rows that came with their ids."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(tables()))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _differences_from(archive: Parts) -> Iterator[str]:
    """In numbers, in the log, and in what `explain` prints at the moment of the archive."""
    manifest = archive.manifest
    plan = Plan.objects.get(slug=manifest["plan"])
    numbers, found = manifest["numbers"], numbers_of(plan)
    if archive.is_reference:
        for each in (numbers, found):
            each["rows"] = {t: count for t, count in each["rows"].items() if t not in TABLES}
    else:
        yield from _faults_of_the_log()
    yield from _differences(numbers, found)
    if "explained" in manifest:
        made_at = datetime.fromisoformat(manifest["made_at"])
        yield from _differences(manifest["explained"], digests(plan, made_at))


def _faults_of_the_log() -> Iterator[str]:
    """A keyed log is proved with its key, or not at all."""
    log = verify()
    if log.bad is not None:
        yield LOG.format(position=log.bad)
    elif log.lacks_key:
        yield NO_KEY


def _differences(wanted: Any, found: Any, path: str = "") -> Iterator[str]:
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key in sorted(wanted.keys() | found.keys()):
            yield from _differences(wanted.get(key), found.get(key), f"{path}/{key}")
    elif wanted != found:
        yield f"{path}：归档时{wanted}，恢复后{found}"


@contextmanager
def _files_of(archive: Parts) -> Iterator[dict[Path, Path]]:
    """Where every file lies → where it belongs. Gone at the end, those that were moved in stay."""
    staging = Path(default_storage.path(STAGING))
    shutil.rmtree(staging, ignore_errors=True)
    moved: dict[Path, Path] = {}
    try:
        for package, name in _stored_in(archive):
            stored = name.removeprefix(FILES)
            target = Path(default_storage.path(stored))
            here = Path(default_storage.path(f"{STAGING}/{stored}"))
            here.parent.mkdir(parents=True, exist_ok=True)
            with package.open(name) as source, here.open("wb") as written:
                shutil.copyfileobj(source, written, CHUNK)
            here.chmod(settings.FILE_UPLOAD_PERMISSIONS)
            moved[here] = target
        yield moved
    except BaseException:
        for here, target in moved.items():
            if not here.exists():
                target.unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _stored_in(archive: Parts) -> Iterator[tuple[ZipFile, str]]:
    for package in filter(None, (archive.office, archive.auditor)):
        for name in package.namelist():
            if name.startswith(FILES) and name != INDEX:
                yield package, name


def _move_in(staged: dict[Path, Path]) -> None:
    for here, target in staged.items():
        if target.exists():  # left by a run that was killed; anybody else's is not overwritten
            if not filecmp.cmp(here, target, shallow=False):
                raise DifferentError([TAKEN.format(name=target.name)])
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(here, target)
