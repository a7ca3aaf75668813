"""`manage.py deployment_files --for one|two`: what is installed beside the code, from the settings
as they are now. The folder of each machine mirrors its `/`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huangshi_tasks.deploying.site import LOCAL, Site
from huangshi_tasks.deploying.tree import write

ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:-]*")
NUMBER_OF_NODES = {"one": 1, "two": 2}


class Command(BaseCommand):
    help = "按当前设置生成部署文件：systemd、nginx、环境变量、PostgreSQL、Redis、clamd、日志"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=Path("deploy"))
        parser.add_argument("--for", choices=list(NUMBER_OF_NODES), required=True, dest="size")
        parser.add_argument("--nodes", default=LOCAL, help="各台网页机器的地址，用逗号分隔")
        parser.add_argument("--behind", default="", help="nginx 前面的代理的地址，用逗号分隔")
        parser.add_argument("--workers", type=int, default=3, help="每台机器的网页进程数")
        parser.add_argument("--memory", type=int, default=8, help="数据库机器的内存（GB）")

    def handle(self, *args: Any, **options: Any) -> None:
        site = Site(
            nodes=_addresses(options["nodes"]),
            behind=_addresses(options["behind"]),
            workers=options["workers"],
            memory=options["memory"],
        )
        wanted = NUMBER_OF_NODES[options["size"]]
        if len(set(site.nodes)) != wanted or len(site.nodes) != wanted:
            raise CommandError(
                f"--for {options['size']} 需要 {wanted} 个不同的地址，用 --nodes 给出。"
            )
        for address in (*site.nodes, *site.behind):
            if not ADDRESS.fullmatch(address):
                raise CommandError(f"“{address}”不是机器的地址。")
        if site.workers < 1 or site.memory < 1:
            raise CommandError("--workers 和 --memory 应为不小于1的整数。")
        if problems := site.problems():
            raise CommandError("".join(problems))
        for path in write(site, options["folder"]):
            self.stdout.write(str(options["folder"] / path))


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
