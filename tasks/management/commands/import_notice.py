import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huangshi_tasks.lib import clock
from tasks.intake import plan as intake
from tasks.models import PlanState
from tasks.reader.document import published
from tasks.reader.parsed import ParsedNotice
from tasks.reader.parser import parse_notice
from tasks.reader.source import Unreadable, read_source


class Command(BaseCommand):
    """A notice's text file to a draft plan, or with --dry-run to what would be imported."""

    help = "从通知文本导入一年的责任分解（草稿）；--dry-run 只输出读入结果，不写入"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="通知正文的纯文本文件")
        parser.add_argument("--dry-run", action="store_true", help="只输出读入结果，不写入")
        parser.add_argument(
            "--format",
            choices=["text", "json"],
            help="输出格式；不指定时 --dry-run 输出 json，导入输出 text",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = read_source(Path(options["file"]))
        except Unreadable as problem:
            raise CommandError(str(problem)) from None
        notice = parse_notice(text, intake.directory())
        if not options["dry_run"]:
            self._import(notice, text)
        elif not notice.items:
            raise CommandError("文件中没有找到任何编号事项，请确认这是责任分解的正文。")
        self._print(notice, options["format"], dry_run=options["dry_run"])

    def _import(self, notice: ParsedNotice, text: str) -> None:
        try:
            intake.create_plan(
                notice=notice, source_text=text, state=PlanState.DRAFT, now=clock.now()
            )
        except intake.NotImportable as refusal:
            raise CommandError("\n".join(["未导入：", *refusal.reasons])) from None

    def _print(self, notice: ParsedNotice, wanted: str | None, *, dry_run: bool) -> None:
        if wanted == "json" or (wanted is None and dry_run):
            self.stdout.write(json.dumps(published(notice), ensure_ascii=False, indent=1))
            return
        done = "读入（未写入）" if dry_run else "已导入为草稿"
        self.stdout.write(f"《{notice.head.title}》{done}，共{len(notice.items)}项。")
        for each in notice.warnings:
            self.stdout.write(f"第{each.line}行：{each.reason}。{each.text[:40]}")
