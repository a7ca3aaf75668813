"""`manage.py confirm [NUMBER --by NAME]`: the second person, when nobody else confirms an act on
powers within three working days.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huangshi_tasks.lib import clock
from units.errors import NotNow
from units.models import PowerRequest
from units.powers.deciding import confirm_on_server
from units.powers.page import waiting


class Command(BaseCommand):
    help = (
        "列出待第二人确认的事项；给出编号和 --by 姓名的，满3个工作日无人确认时在服务器上确认，"
        "记入操作日志并通知所有有关人员"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, nargs="?", metavar="NUMBER")
        parser.add_argument("--by", default="", metavar="NAME", help="确认人姓名")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        if options["number"] is None:
            for each in waiting(now.date()):
                self.stdout.write(
                    f"{each.pk}  {each.summary}（{each.asked_by_name}提出，"
                    f"{each.server_from:%Y-%m-%d}起可在此确认，{each.last_on:%Y-%m-%d}后作废）"
                )
            return
        asked = PowerRequest.objects.filter(pk=options["number"]).first()
        if asked is None:
            raise CommandError(f"没有编号为{options['number']}的事项。")
        try:
            password = confirm_on_server(asked=asked, name=options["by"], now=now)
        except NotNow as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"已确认：{asked}")
        if password:
            self.stdout.write(f"{asked.user}（{asked.user.username}）的初始密码：{password}")
