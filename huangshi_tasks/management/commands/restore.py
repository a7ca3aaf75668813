"""`manage.py restore FOLDER`: a backup into the empty database and the empty FILES_DIR of the
settings; 1 with what differs when it did not come out as it went in.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from huangshi_tasks.backups.dumping import DatabaseProgramError
from huangshi_tasks.backups.folder import BackupUnreadableError, read
from huangshi_tasks.backups.restoring import NotRestoredError, bring_back
from huangshi_tasks.backups.sealing import Key, KeyUnusableError

TROUBLE = (
    BackupUnreadableError,
    DatabaseError,
    DatabaseProgramError,
    KeyUnusableError,
    NotRestoredError,
    OSError,
)


class Command(BaseCommand):
    help = "把一份备份恢复到空的数据库和空的 FILES_DIR，并核对操作日志和全部文件"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, help="一份备份，如 /var/lib/ducha/backups/20230103T013000Z"
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            key = Key(settings.BACKUP_KEY_FILE) if settings.BACKUP_KEY_FILE else None
            different = bring_back(folder, key)
        except TROUBLE as error:
            raise CommandError(str(error)) from error
        manifest = read(folder)
        for name in manifest.missing:
            self.stdout.write(f"备份时已缺失：{name}")
        if different:
            for sentence in different:
                self.stdout.write(sentence)
            sys.exit(1)
        self.stdout.write(
            f"已恢复{manifest.made_at}的备份：{len(manifest.files)}个文件，操作日志核对无误，末端第"
            f"{manifest.log_position}号。请运行 migrate，再启动各进程。"
        )
