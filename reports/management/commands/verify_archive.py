"""`manage.py verify_archive FILE [--auditor]`: 0 when it is whole, else 1 with what does not fit on
stdout. Each part for itself: the auditor's asks for its password.
"""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.exports.verify import UnreadableError, open_archive, open_sealed, problems
from reports.management.commands.restore_archive import password_from


class Command(BaseCommand):
    help = "核对归档包：逐个文件比对校验值，并核对其中的操作日志"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--auditor", action="store_true", help="是审计部分，要口令")
        parser.add_argument("--password-file", type=Path, help="审计部分的口令；不给的现问")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["auditor"]:
                password = password_from(options["password_file"])
                package, manifest = open_sealed(options["file"], password)
            else:
                package, manifest = open_archive(options["file"])
        except UnreadableError as error:
            raise CommandError(str(error)) from error
        found = list(problems(package, manifest))
        for problem in found:
            self.stdout.write(problem)
        if found:
            sys.exit(1)
        for lost in manifest.get("lost", []):
            self.stdout.write(f"归档时{lost}")
        self.stdout.write(f"{manifest['title']}：{len(manifest['files'])}个文件核对无误。")
