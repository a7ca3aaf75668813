from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from demo.load import NotEmpty, is_loaded, load_sample

NOT_HERE = (
    "示例账号的密码是公开的，不载入PostgreSQL。确为培训、测试所用的数据库，请设置ALLOW_SAMPLE=1。"
)


class Command(BaseCommand):
    """Sample accounts and progress, for training and demonstration. Safe to run again."""

    help = "载入示例账号和示例进展；库中已有实际数据时拒绝，已载入的不再重复载入"

    def handle(self, *args: Any, **options: Any) -> None:
        if is_loaded():
            self.stdout.write("示例数据已经载入，未作改动。")
            return
        if connection.vendor == "postgresql" and not settings.ALLOW_SAMPLE:
            raise CommandError(NOT_HERE)
        try:
            plan = load_sample()
        except NotEmpty as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"已载入《{plan.title}》的示例账号和示例进展。")
