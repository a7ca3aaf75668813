"""`manage.py restore_archive FILE --auditor FILE`: an archive into an empty system, all of it or
nothing. 1 with what differs on stdout when rows, log or numbers do not come out as they were
archived. Without the auditor's part: a copy to be read by `explain`.
"""

import sys
from getpass import getpass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError

from reports.exports.restore import DifferentError, NotEmptyError, Parts, restore
from reports.exports.verify import UnreadableError, open_archive, open_sealed, problems
from units.log.closed import IS_COPY

NOTHING = "没有恢复任何内容。"
BROKEN = (DatabaseError, DeserializationError, ObjectDoesNotExist, OSError, BadZipFile)
DONE = "{title}已恢复，操作日志核对无误，各项数字与归档时一致。"
COPIED = "{title}的查阅副本已建立，各项数字与归档时一致。"
UNREAD = "读不到口令文件{path}。"


class Command(BaseCommand):
    help = "把归档包恢复到空系统；账号不含密码，恢复后用 appoint_admin 建立管理员"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="归档包")
        parser.add_argument("--auditor", type=Path, help="审计部分；不给的只建立查阅副本")
        parser.add_argument("--password-file", type=Path, help="审计部分的口令；不给的现问")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            archive = _opened(**options)
            restore(archive)
        except DifferentError as error:
            for difference in [*error.differences, NOTHING]:
                self.stdout.write(difference)
            sys.exit(1)
        except (UnreadableError, NotEmptyError) as error:
            raise CommandError(str(error)) from error
        except BROKEN as error:
            raise CommandError(f"归档包无法写入，{NOTHING}{error}") from error
        for lost in archive.manifest.get("lost", []):
            self.stdout.write(f"归档时{lost}")
        told = [COPIED, IS_COPY] if archive.is_reference else [DONE]
        for sentence in told:
            self.stdout.write(sentence.format(title=archive.manifest["title"]))


def _opened(
    *, file: Path, auditor: Path | None, password_file: Path | None, **options: Any
) -> Parts:
    """Both parts, each found whole. Raises `UnreadableError` and CommandError."""
    package, manifest = open_archive(file)
    found = list(problems(package, manifest))
    sealed = None
    if auditor is not None:
        sealed, told = open_sealed(auditor, password_from(password_file), of=manifest)
        found += problems(sealed, told)
    if found:
        raise CommandError("归档包核对不符，没有恢复：" + "；".join(found[:5]))
    return Parts(package, manifest, sealed)


def password_from(path: Path | None) -> str:
    """What the file says, or whoever sits there."""
    if path is None:
        return getpass("审计部分的口令：").strip()
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(UNREAD.format(path=path)) from error
