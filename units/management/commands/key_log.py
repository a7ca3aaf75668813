"""`manage.py key_log`: from here on entries of the log are made with the newest key of
LOG_KEY_FILE.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huangshi_tasks.lib import clock
from units.log.keys import KeyUnusableError, all_keys
from units.log.recording import begin_keyed
from units.models import LogHead


class Command(BaseCommand):
    help = "自此起，操作日志用 LOG_KEY_FILE 中最后一个密钥校验。首次启用和更换密钥时各运行一次"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            keys = all_keys()
        except KeyUnusableError as problem:
            raise CommandError(str(problem)) from problem
        if not keys:
            raise CommandError(
                "没有设置 LOG_KEY_FILE。先用 openssl rand -base64 48 生成一个密钥文件。"
            )
        if LogHead.objects.filter(key=keys[-1].name).exists():
            self.stdout.write("操作日志已在使用这个密钥，没有改变。")
            return
        entry = begin_keyed(now=clock.now())
        self.stdout.write(f"操作日志自第{entry.position}号起用密钥校验。请记下：")
        self.stdout.write(f"{entry.position} {entry.hash}")
