"""`manage.py verify_files`: every file that a row names is there and unchanged; 1 and one a line
when not. Files that nobody names are listed too, and are no fault.
"""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from huangshi_tasks.backups.verifying import verify
from units.job_runs import noted

JOB = "huangshi_tasks.verify_files"


class FilesDifferError(Exception):
    """How many; the names are on stdout."""


class Command(BaseCommand):
    help = "核对上传的文件：每条记录的文件都在、校验值相符；没有记录的文件一并列出"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with noted(JOB):
                found = verify(settings.FILES_DIR)
                for line in found.lines():
                    self.stdout.write(line)
                if not found.is_whole:
                    told = f"缺失{len(found.missing)}个，校验值不符{len(found.wrong)}个"
                    raise FilesDifferError(told)
        except FilesDifferError as error:
            self.stderr.write(f"核对不符：{error}。")
            sys.exit(1)
        self.stderr.write(f"{found.count}个文件都在，校验值相符；无主文件{len(found.orphans)}个。")
