"""`manage.py send_reminders`: what the schedule does every ten minutes, at any hour, once."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from huangshi_tasks.lib import clock
from progress.reminding.run import open_periods, remind


class Command(BaseCommand):
    help = "生成并发送到期的提醒；重复运行不会重复发送，漏跑的日子会补发"

    def handle(self, *args: Any, **options: Any) -> None:
        open_periods()
        planned, sent = remind(now=clock.now(), at=timezone.now())
        self.stdout.write(f"新增提醒{planned}条，发送{sent}条。")
