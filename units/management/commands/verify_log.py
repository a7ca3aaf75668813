"""`manage.py verify_log`: exit 0 when the log is whole; else 1 and the first bad position on
stdout.
"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from units.log.verification import first_bad_position


class Command(BaseCommand):
    help = "核对操作日志：完整时退出码为0；否则为1，并在标准输出打印第一条不符记录的序号。"

    def handle(self, *args: Any, **options: Any) -> None:
        position = first_bad_position()
        if position is None:
            self.stderr.write("操作日志完整。")
            return
        self.stdout.write(str(position))
        sys.exit(1)
