from typing import Any

from django.core.management.base import BaseCommand

from demo.load import is_loaded
from demo.people import PASSWORD, accounts


class Command(BaseCommand):
    """One line per sample account on stdout and nothing else: name, password, role, unit."""

    help = "打印示例账号，每行：用户名、密码、角色、单位（没有单位的为“-”），以制表符分隔"

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_loaded():
            return
        for account in accounts():
            line = (account.username, PASSWORD, str(account.role), account.unit or "-")
            self.stdout.write("\t".join(line))
