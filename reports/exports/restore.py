"""An archive back into an empty system, with the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from django.core import serializers
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from reports.exports.numbers import numbers_of
from reports.exports.scope import tables
from tasks.models import Plan, Task
from units.models import LogEntry, Unit, User

FILES = "files/"


class NotEmptyError(Exception):
    """There is something in the system already."""


def restore(package: ZipFile, manifest: dict[str, Any]) -> list[str]:
    """Write rows and files; returns in which numbers the result differs (none, when all is well).

    All or nothing for the rows. Raises `NotEmptyError`.
    """
    if any(model.objects.exists() for model in (Plan, Unit, User, LogEntry)):
        raise NotEmptyError("系统中已有数据，归档包只能恢复到空系统。")
    with transaction.atomic(), connection.constraint_checks_disabled():
        for model in tables():
            _write_rows(package, model._meta.label_lower)
        Task.objects.exclude(carried_from__in=Task.objects.all()).update(carried_from=None)
        connection.check_constraints()
    _reset_sequences()
    _write_files(package)
    plan = Plan.objects.get(slug=manifest["plan"])
    return list(_differences(manifest["numbers"], numbers_of(plan)))


def _write_rows(package: ZipFile, name: str) -> None:
    inside = f"data/{name}.jsonl"
    if inside not in package.namelist():
        return
    with package.open(inside) as file:
        for row in serializers.deserialize("jsonl", file):
            row.save()


def _reset_sequences() -> None:
    """PostgreSQL counts on from the rows that came with their ids."""
    from django.core.management.color import no_style

    statements = connection.ops.sequence_reset_sql(no_style(), list(tables()))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _write_files(package: ZipFile) -> None:
    for name in package.namelist():
        stored = name.removeprefix(FILES)
        if name.startswith(FILES) and stored != "index.csv" and not default_storage.exists(stored):
            default_storage.save(stored, ContentFile(package.read(name)))


def _differences(wanted: Any, found: Any, path: str = "") -> Iterator[str]:
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key in sorted(wanted.keys() | found.keys()):
            yield from _differences(wanted.get(key), found.get(key), f"{path}/{key}")
    elif wanted != found:
        yield f"{path}：归档时{wanted}，恢复后{found}"
