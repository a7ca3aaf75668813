"""`manage.py verify_log`: exit 0 when the log is whole; else 1 and the first bad position on
stdout.
"""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from units.log import witness
from units.log.keys import KeyUnusableError
from units.log.verification import Verified, verify


class Command(BaseCommand):
    help = "核对操作日志：完整时退出码为0；否则为1，并在标准输出打印第一条不符记录的序号。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--expect",
            nargs=2,
            action="append",
            default=[],
            metavar=("POSITION", "HASH"),
            help="另处记下的序号和校验值，如每夜发给审计员的，可给出多次",
        )
        parser.add_argument("--witness", type=Path, help="见证文件或 syslog 的文件，逐行核对")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = verify(_witnessed(options["expect"], options["witness"]))
        except (KeyUnusableError, OSError, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        if found.bad is None:
            self.stderr.write(_words(found))
            return
        self.stdout.write(str(found.bad))
        sys.exit(1)


def _witnessed(expected: list[list[str]], file: Path | None) -> dict[int, str]:
    found = witness.read(file) if file is not None else {}
    for position, of_hash in expected:
        if not position.isdecimal():
            raise ValueError(f"“{position}”不是序号，应写成 --expect 序号 校验值。")
        if found.setdefault(int(position), of_hash) != of_hash:
            raise ValueError(f"对第{position}号给出了两个不同的校验值。")
    return found


def _words(found: Verified) -> str:
    if found.keyed_from is None:
        return "操作日志完整，没有使用密钥。"
    since = f"自第{found.keyed_from}号起使用密钥"
    if found.lacks_key:
        return f"操作日志前后衔接；{since}，但没有密钥，未能核对是否被整体重写。"
    return f"操作日志完整，{since}。"
