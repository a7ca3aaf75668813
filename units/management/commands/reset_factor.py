"""`manage.py reset_factor USERNAME`: takes the second factor away where no second person can."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huangshi_tasks.lib import clock
from units.factors.acts import take_away
from units.models import User


class Command(BaseCommand):
    help = "重置一个账号的登录保护，记入操作日志并通知本人和审计员；下次登录须重新设置"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="USERNAME")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.called(options["username"])
        if user is None:
            raise CommandError(f"没有账号 {options['username']}。")
        take_away(
            user=user,
            by="服务器管理人员",
            actor=None,
            reason="在服务器上运行reset_factor",
            now=clock.now(),
        )
        self.stdout.write(f"{user}（{user.username}）的登录保护已重置。")
