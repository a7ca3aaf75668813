"""`manage.py first_run_key`: the key with which an empty system is set up in the browser."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from units.errors import NotNow
from units.first_run.keys import invitation, new_key


class Command(BaseCommand):
    help = "生成首次启用的启用码（一次有效）；已有系统管理员时拒绝"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = new_key()
        except NotNow as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(invitation(key))
