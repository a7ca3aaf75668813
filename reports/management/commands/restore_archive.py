"""`manage.py restore_archive FILE`: an archive into an empty system, all of it or nothing. 1 with
what differs on stdout when rows, log or numbers do not come out as they were archived.
"""

import sys
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError

from reports.exports.restore import DifferentError, NotEmptyError, restore
from reports.exports.verify import UnreadableError, open_archive, problems

NOTHING = "没有恢复任何内容。"
BROKEN = (DatabaseError, DeserializationError, ObjectDoesNotExist, OSError, BadZipFile)


class Command(BaseCommand):
    help = "把归档包恢复到空系统；账号不含密码，恢复后用 appoint_admin 建立管理员"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            package, manifest = open_archive(options["file"])
            found = list(problems(package, manifest))
            if found:
                raise CommandError("归档包核对不符，没有恢复：" + "；".join(found[:5]))
            restore(package, manifest)
        except DifferentError as error:
            for difference in [*error.differences, NOTHING]:
                self.stdout.write(difference)
            sys.exit(1)
        except (UnreadableError, NotEmptyError) as error:
            raise CommandError(str(error)) from error
        except BROKEN as error:
            raise CommandError(f"归档包无法写入，{NOTHING}{error}") from error
        for lost in manifest.get("lost", []):
            self.stdout.write(f"归档时{lost}")
        self.stdout.write(f"{manifest['title']}已恢复，操作日志核对无误，各项数字与归档时一致。")
