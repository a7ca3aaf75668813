from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """What `bin/demo` does before it serves, in one process. Safe to run again."""

    help = "建立演示环境：数据库、年度任务、示例账号和示例进展，最后打印地址和账号"

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_plan", stdout=self.stderr)
        call_command("load_sample", stdout=self.stderr)
        self.stdout.write(f"{settings.SITE_URL}/")
        call_command("sample_accounts", stdout=self.stdout)
