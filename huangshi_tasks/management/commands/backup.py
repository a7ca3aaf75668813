"""`manage.py backup FOLDER [--keep N]`: one line on stdout for whoever watches; 1 when it failed or
a file that a row names is missing or was changed.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from huangshi_tasks.backups.dumping import DatabaseProgramError
from huangshi_tasks.backups.folder import BackupRunningError, BackupUnreadableError
from huangshi_tasks.backups.making import make
from huangshi_tasks.backups.sealing import Key, KeyUnusableError
from units.job_runs import noted

JOB = "huangshi_tasks.backup"
TROUBLE = (
    BackupRunningError,
    BackupUnreadableError,
    DatabaseError,
    DatabaseProgramError,
    KeyUnusableError,
    OSError,
    subprocess.CalledProcessError,
)


class BackupIncompleteError(Exception):
    """How many files; the names are on stderr."""


class Command(BaseCommand):
    help = "备份数据库和上传的文件：DIR/时间/，含清单和校验值；设置了 BACKUP_KEY_FILE 时加密"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep", type=int, default=14, help="保留最近几份，默认14")

    def handle(self, *args: Any, folder: Path, keep: int, **options: Any) -> None:
        if keep < 1:
            raise CommandError("--keep 应为不小于1的整数。")
        if folder.resolve().is_relative_to(settings.FILES_DIR.resolve()):
            raise CommandError("备份不能放在 FILES_DIR 里面。")
        try:
            with suppress(BackupIncompleteError), noted(JOB):
                key = Key(settings.BACKUP_KEY_FILE) if settings.BACKUP_KEY_FILE else None
                made = make(folder, keep=keep, key=key, now=timezone.now())
                lacking = [*made.manifest.missing, *made.wrong]
                if lacking:
                    raise BackupIncompleteError(f"{len(lacking)}个文件缺失或校验值不符")
        except TROUBLE as error:
            raise CommandError(f"backup failed {error}") from error
        self.stdout.write(made.line())
        for name in lacking:
            self.stderr.write(f"缺失或校验值不符：{name}")
        if lacking:
            sys.exit(1)
