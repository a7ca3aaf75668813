"""`manage.py send_reminders`: what the schedule does every ten minutes, at any hour, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from huangshi_tasks.lib import clock
from progress.reminding.run import open_periods, remind


class Command(BaseCommand):
    """Exit 1 when there was something to hand over and no channel took any of it."""

    help = "生成并发送到期的提醒；重复运行不会重复发送，漏跑的日子会补发"

    def handle(self, *args: Any, **options: Any) -> None:
        open_periods()
        done = remind(now=clock.now(), at=timezone.now())
        sent = done.delivered
        self.stdout.write(
            f"新增提醒{done.planned}条，站内告知{done.told}条；"
            f"邮件和短信等已发出{sent.taken}件，暂未发出{sent.waiting}件，未送达{sent.given_up}件。"
        )
        if sent.none_was_taken:
            raise CommandError(
                "没有一件发得出去，请检查邮件服务器和短信网关；暂未发出的会自动重试。"
            )
