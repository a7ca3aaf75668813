"""归档包: one zip of a year, with a manifest of hashes.

Workbooks, papers, evidence, the log, and all data as JSON and CSV. `reports.exports.restore` brings
it back into an empty system.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core import serializers
from django.core.files.storage import default_storage
from django.db import models

from reports.excel.writing import write
from reports.exports.numbers import numbers_of
from reports.exports.scope import rows_of, tables
from reports.workbooks.asked import Asked
from reports.workbooks.shelf import WORKBOOKS
from tasks.models import Plan
from units.actors import Actor
from units.models import User

MANIFEST = "manifest.json"
VERSION = 1
CHUNK = 1024 * 1024
ReadTell = Callable[[int, int], None]
README = """本压缩包为{title}的归档包，{made}由{by}生成。
workbooks/ 年终工作簿；files/ 佐证材料、报送单、通报等原件（原文件名见 files/index.csv）；
data/ 全部数据（JSON 可恢复，CSV 便于查阅；不含密码），其中 units.logentry 为操作日志；
manifest.json 各文件校验值。
核对：manage.py verify_archive 文件名；恢复到空系统：manage.py restore_archive 文件名。
"""


class _Package:
    """A zip that remembers the hash of everything put into it."""

    def __init__(self, target: IO[bytes]) -> None:
        self.zip = ZipFile(target, "w", ZIP_DEFLATED, allowZip64=True)
        self.hashes: dict[str, dict[str, Any]] = {}

    def add(self, name: str, chunks: Iterator[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        with self.zip.open(name, "w", force_zip64=True) as entry:
            for chunk in chunks:
                entry.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.hashes[name] = {"sha256": digest.hexdigest(), "size": size}

    def add_text(self, name: str, text: str) -> None:
        self.add(name, iter([text.encode()]))


def write_archive(
    plan: Plan, target: IO[bytes], *, actor: Actor, now: datetime, tell: ReadTell
) -> None:
    """Write the zip to `target`. `tell` is called with how many parts are done, of how many."""
    package = _Package(target)
    models_in = list(tables())
    total = len(models_in) + len(WORKBOOKS) + 2
    made = f"{now.year}年{now.month}月{now.day}日"
    package.add_text("README.txt", README.format(title=plan.title, made=made, by=actor.name))
    for place, model in enumerate(models_in):
        tell(place, total)
        _add_table(package, model, plan)
    for place, book in enumerate(WORKBOOKS, start=len(models_in)):
        tell(place, total)
        asked = Asked(
            plan, actor, now.date(), {}, stands_on=now.date() if book.is_of_today else None
        )
        content = write(*book.build(asked), author=actor.label, now=now)
        package.add(f"workbooks/{book.file_word}.xlsx", iter([content]))
    tell(total - 2, total)
    _add_files(package, plan, models_in)
    tell(total - 1, total)
    manifest = {
        "version": VERSION,
        "plan": plan.slug,
        "title": plan.title,
        "made_at": now.isoformat(),
        "made_by": actor.name,
        "numbers": numbers_of(plan),
        "files": package.hashes,
    }
    package.zip.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    package.zip.close()


def _add_table(package: _Package, model: type[models.Model], plan: Plan) -> None:
    """As JSON lines that Django reads back, and as CSV for people."""
    name = model._meta.label_lower
    rows = rows_of(model, plan)
    package.add(f"data/{name}.jsonl", _json_lines(model, rows))
    package.add(f"data/{name}.csv", _csv(model, rows))


def _json_lines(model: type[models.Model], rows: Any) -> Iterator[bytes]:
    for row in rows.iterator(chunk_size=500):
        yield serializers.serialize("jsonl", [_without_secrets(row)], ensure_ascii=False).encode()


def _without_secrets(row: Any) -> Any:
    if isinstance(row, User):
        row.set_unusable_password()
    return row


def _csv(model: type[models.Model], rows: Any) -> Iterator[bytes]:
    fields = [field for field in model._meta.concrete_fields if field.name != "password"]
    yield b"\xef\xbb\xbf"  # for Excel
    yield _line([field.attname for field in fields])
    for row in rows.iterator(chunk_size=500):
        yield _line([_text(field.value_to_string(row)) for field in fields])


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _line(values: list[str]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerow([_harmless(value) for value in values])
    return stream.getvalue().encode()


def _harmless(value: str) -> str:
    """A cell that begins like a formula is text."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _add_files(package: _Package, plan: Plan, models_in: list[type[models.Model]]) -> None:
    """Every stored file that a row of the archive names, under its stored name."""
    index = [_line(["file", "name", "sha256"])]
    for model in models_in:
        fields = [f for f in model._meta.concrete_fields if isinstance(f, models.FileField)]
        for row in rows_of(model, plan).iterator(chunk_size=500) if fields else ():
            for field in fields:
                stored = getattr(row, field.attname)
                if not stored or not default_storage.exists(stored.name):
                    continue
                inside = f"files/{stored.name}"
                if inside not in package.hashes:
                    package.add(inside, _chunks(stored.name))
                known = [inside, str(getattr(row, "name", row)), package.hashes[inside]["sha256"]]
                index.append(_line(known))
    package.add("files/index.csv", iter([b"\xef\xbb\xbf", *index]))


def _chunks(stored: str) -> Iterator[bytes]:
    with default_storage.open(stored) as file:
        while chunk := file.read(CHUNK):
            yield chunk
