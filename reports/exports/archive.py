"""归档包: two zips of a year, each with a manifest of hashes.

The office's part, in clear, goes to the archives: workbooks, papers, evidence, and data as JSON and
CSV. The auditor's, encrypted, holds the log, the accounts and the telephones. Both of them
`reports.exports.restore` brings back into an empty system.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import IO, Any, NamedTuple

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from reports.excel.writing import write
from reports.exports.explained import digests
from reports.exports.numbers import numbers_of
from reports.exports.package import Package, add_files, line_of
from reports.exports.scope import rows_of, tables
from reports.exports.sealed import parts
from reports.exports.snapshot import one_snapshot
from reports.workbooks.asked import Asked
from reports.workbooks.described import Workbook
from reports.workbooks.shelf import WORKBOOKS
from tasks.models import Plan
from units.actors import Actor
from units.models import User

MANIFEST = "manifest.json"
# 1 cut times to milliseconds and did not hold what `explain` prints; up to 2 all was one zip
VERSION = 3
OFFICE, AUDITOR = "office", "auditor"  # parts
ReadTell = Callable[[int, int], None]
Leaving = Callable[[models.Model], models.Model]  # a row as it leaves
README = """本压缩包为{title}的归档包，{made}由{by}生成。
workbooks/ 年终工作簿；files/ 佐证材料、报送单、通报等原件（原文件名见 files/index.csv）；
data/ 业务数据（JSON 可恢复，CSV 便于查阅），names.jsonl 为人员编号对应的姓名；
manifest.json 各文件校验值。
不含操作日志和账号{telephones}，这些在审计员另存的加密审计部分中。
核对：manage.py verify_archive 文件名。恢复到空系统须有审计部分、其口令和操作日志的密钥：
manage.py restore_archive 文件名 --auditor 审计部分；没有审计部分的，只能恢复为查阅副本。
"""
AUDITOR_README = """本压缩包为{title}归档包的审计部分，{made}由{by}申请生成，已加密，由审计员保管。
data/ 操作日志、账号（不含密码）、上传的表格、消息地址，telephones.jsonl 为各处联系电话；
manifest.json 各文件校验值。与同时生成的归档包一并恢复。
"""


class Target(NamedTuple):
    """Where an archive goes: the office's part in clear, the auditor's under `password`."""

    office: IO[bytes]
    auditor: IO[bytes]
    password: str
    with_telephones: bool = False  # in the office's part too


class Exact(DjangoJSONEncoder):
    """Times to the microsecond: the log's hashes stand on them."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime | time) else super().default(o)


def write_archive(
    plan: Plan, target: Target, *, actor: Actor, now: datetime, tell: ReadTell
) -> list[str]:
    """Write both zips, all of it from one snapshot, while others go on working. `tell` is
    called with how many parts are done, of how many. Returns the files that are not as their rows
    say, one sentence each.
    """
    with one_snapshot() as outside:

        def told(done: int, total: int) -> None:
            with outside():
                tell(done, total)

        return _Archive(Plan.objects.get(pk=plan.pk), target, actor, now, told).write()


class _Archive:
    """One archive in the making."""

    def __init__(
        self, plan: Plan, target: Target, actor: Actor, now: datetime, tell: ReadTell
    ) -> None:
        self.plan, self.target, self.actor, self.now, self.tell = plan, target, actor, now, tell
        self.models = list(tables())
        self.total = len(self.models) + len(WORKBOOKS) + 2

    def write(self) -> list[str]:
        sealed = Package(self.target.auditor, self.target.password)
        with sealed.zip:
            pair = self._write_auditors(sealed)
        office = Package(self.target.office)
        with office.zip:
            return self._write_offices(office, pair)

    def _write_auditors(self, package: Package) -> str:
        """Returns the hash of its manifest, by which the two parts know each other."""
        self._add_readme(package, AUDITOR_README)
        own = [model for model in self.models if parts.is_sealed(model)]
        for place, model in enumerate(own):
            self.tell(place, self.total)
            _add_table(package, model, self.plan)
        package.add(parts.NUMBERS, parts.numbers(self._others()))
        lost = add_files(package, self.plan, own)
        return _add_manifest(package, self._manifest(AUDITOR) | {"lost": lost})

    def _others(self) -> Iterator[tuple[type[models.Model], Any]]:
        for model in self.models:
            if not parts.is_sealed(model):
                yield model, rows_of(model, self.plan)

    def _write_offices(self, package: Package, pair: str) -> list[str]:
        self._add_readme(package, README)
        own = [model for model, _ in self._others()]
        done = len(self.models) - len(own)
        for place, model in enumerate(own, start=done):
            self.tell(place, self.total)
            _add_table(package, model, self.plan, keeps_numbers=self.target.with_telephones)
        package.add(parts.NAMES, parts.names())
        for place, book in enumerate(WORKBOOKS, start=len(self.models)):
            self.tell(place, self.total)
            package.add(f"workbooks/{book.file_word}.xlsx", iter([self._workbook(book)]))
        self.tell(self.total - 2, self.total)
        lost = add_files(package, self.plan, own)
        self.tell(self.total - 1, self.total)
        proof = {
            "numbers": numbers_of(self.plan),
            "explained": digests(self.plan, self.now),
            "lost": lost,
            "auditor": pair,
        }
        _add_manifest(package, self._manifest(OFFICE) | proof)
        return lost

    def _add_readme(self, package: Package, text: str) -> None:
        now = self.now
        said = {
            "title": self.plan.title,
            "made": f"{now.year}年{now.month}月{now.day}日",
            "by": self.actor.name,
            "telephones": "" if self.target.with_telephones else "，不含联系电话",
        }
        package.add_text("README.txt", text.format(**said))

    def _workbook(self, book: Workbook) -> bytes:
        day = self.now.date()
        asked = Asked(
            self.plan,
            self.actor,
            day,
            {},
            stands_on=day if book.is_of_today else None,
            with_telephones=self.target.with_telephones,
        )
        return write(*book.build(asked), author=self.actor.label, now=self.now)

    def _manifest(self, part: str) -> dict[str, Any]:
        return {
            "version": VERSION,
            "part": part,
            "plan": self.plan.slug,
            "title": self.plan.title,
            "made_at": self.now.isoformat(),
            "made_by": self.actor.name,
        }


def _add_manifest(package: Package, manifest: dict[str, Any]) -> str:
    told = json.dumps(manifest | {"files": package.hashes}, ensure_ascii=False, indent=1)
    package.zip.writestr(MANIFEST, told)
    return hashlib.sha256(told.encode()).hexdigest()


def _add_table(
    package: Package, model: type[models.Model], plan: Plan, *, keeps_numbers: bool = True
) -> None:
    """As JSON lines that Django reads back, and as CSV for people."""
    name = model._meta.label_lower
    rows = rows_of(model, plan)
    leaving = _whole if keeps_numbers else parts.without_telephones
    package.add(f"data/{name}.jsonl", _json_lines(rows, leaving))
    package.add(f"data/{name}.csv", _csv(model, rows, leaving))


def _whole(row: models.Model) -> models.Model:
    """Never a password."""
    if isinstance(row, User):
        row.set_unusable_password()
    return row


def _json_lines(rows: Any, leaving: Leaving) -> Iterator[bytes]:
    for row in rows.iterator(chunk_size=500):
        line = serializers.serialize("jsonl", [leaving(row)], cls=Exact)
        yield line.encode()


def _csv(model: type[models.Model], rows: Any, leaving: Leaving) -> Iterator[bytes]:
    fields = [field for field in model._meta.concrete_fields if field.name != "password"]
    yield b"\xef\xbb\xbf"  # for Excel
    yield line_of([field.attname for field in fields])
    for row in rows.iterator(chunk_size=500):
        yield line_of([_text(field.value_to_string(leaving(row))) for field in fields])


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
