"""归档包: one zip of a year, with a manifest of hashes.

Workbooks, papers, evidence, the log, and all data as JSON and CSV. `reports.exports.restore` brings
it back into an empty system.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import IO, Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from reports.excel.writing import write
from reports.exports.explained import digests
from reports.exports.numbers import numbers_of
from reports.exports.package import Package, add_files, line_of
from reports.exports.scope import rows_of, tables
from reports.exports.snapshot import one_snapshot
from reports.workbooks.asked import Asked
from reports.workbooks.shelf import WORKBOOKS
from tasks.models import Plan
from units.actors import Actor
from units.models import User

MANIFEST = "manifest.json"
VERSION = 2  # 1 cut times to milliseconds and did not hold what `explain` prints
ReadTell = Callable[[int, int], None]
README = """本压缩包为{title}的归档包，{made}由{by}生成。
workbooks/ 年终工作簿；files/ 佐证材料、报送单、通报等原件（原文件名见 files/index.csv）；
data/ 全部数据（JSON 可恢复，CSV 便于查阅；不含密码），其中 units.logentry 为操作日志；
manifest.json 各文件校验值。
核对：manage.py verify_archive 文件名；恢复到空系统：manage.py restore_archive 文件名。
"""


class Exact(DjangoJSONEncoder):
    """Times to the microsecond: the log's hashes stand on them."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime | time) else super().default(o)


def write_archive(
    plan: Plan, target: IO[bytes], *, actor: Actor, now: datetime, tell: ReadTell
) -> list[str]:
    """Write the zip to `target`, all of it from one snapshot, while others go on working. `tell` is
    called with how many parts are done, of how many. Returns the files that are not as their rows
    say, one sentence each.
    """
    with one_snapshot() as outside:

        def told(done: int, total: int) -> None:
            with outside():
                tell(done, total)

        package = Package(target)
        with package.zip:
            return _write(Plan.objects.get(pk=plan.pk), package, actor, now, told)


def _write(plan: Plan, package: Package, actor: Actor, now: datetime, tell: ReadTell) -> list[str]:
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
    lost = add_files(package, plan, models_in)
    tell(total - 1, total)
    manifest = {
        "version": VERSION,
        "plan": plan.slug,
        "title": plan.title,
        "made_at": now.isoformat(),
        "made_by": actor.name,
        "numbers": numbers_of(plan),
        "explained": digests(plan, now),
        "lost": lost,
        "files": package.hashes,
    }
    package.zip.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return lost


def _add_table(package: Package, model: type[models.Model], plan: Plan) -> None:
    """As JSON lines that Django reads back, and as CSV for people."""
    name = model._meta.label_lower
    rows = rows_of(model, plan)
    package.add(f"data/{name}.jsonl", _json_lines(model, rows))
    package.add(f"data/{name}.csv", _csv(model, rows))


def _json_lines(model: type[models.Model], rows: Any) -> Iterator[bytes]:
    for row in rows.iterator(chunk_size=500):
        line = serializers.serialize("jsonl", [_without_secrets(row)], cls=Exact)
        yield line.encode()


def _without_secrets(row: Any) -> Any:
    if isinstance(row, User):
        row.set_unusable_password()
    return row


def _csv(model: type[models.Model], rows: Any) -> Iterator[bytes]:
    fields = [field for field in model._meta.concrete_fields if field.name != "password"]
    yield b"\xef\xbb\xbf"  # for Excel
    yield line_of([field.attname for field in fields])
    for row in rows.iterator(chunk_size=500):
        yield line_of([_text(field.value_to_string(row)) for field in fields])


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
