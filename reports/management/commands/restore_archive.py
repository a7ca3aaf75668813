"""`manage.py restore_archive FILE`: an archive into an empty system. 1 when a number differs."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.exports.restore import NotEmptyError, restore
from reports.exports.verify import UnreadableError, open_archive, problems


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
            differences = restore(package, manifest)
        except (UnreadableError, NotEmptyError) as error:
            raise CommandError(str(error)) from error
        for difference in differences:
            self.stdout.write(difference)
        if differences:
            sys.exit(1)
        self.stdout.write(f"{manifest['title']}已恢复，各项数字与归档时一致。")
