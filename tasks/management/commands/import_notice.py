import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from huangshi_tasks.lib import clock
from tasks.intake import plan as intake
from tasks.models import PlanState
from tasks.reader.decisions import NOTHING, STYLE, Decision
from tasks.reader.directory import Directory
from tasks.reader.document import published
from tasks.reader.parsed import ParsedNotice
from tasks.reader.parser import parse_notice
from tasks.reader.sources.lines import Unreadable
from tasks.reader.sources.opening import open_file
from tasks.reader.styles.known import NAMES
from units.models import Unit


class Command(BaseCommand):
    """A notice's file to a draft plan, or with --dry-run to what would be imported."""

    help = "从通知文本导入一年的责任分解（草稿）；--dry-run 只输出读入结果，不写入"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", help="通知的文件：.docx、.xlsx、文字版PDF或纯文本"
        )
        parser.add_argument("--dry-run", action="store_true", help="只输出读入结果，不写入")
        parser.add_argument(
            "--style", choices=NAMES, help="写法；不指定时采用最合适的一种（见docs/notices.md）"
        )
        parser.add_argument(
            "--format",
            choices=["text", "json"],
            help="输出格式；不指定时 --dry-run 输出 json，导入输出 text",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            source = open_file(Path(options["file"]))
        except Unreadable as problem:
            raise CommandError(str(problem)) from None
        chosen = [Decision(STYLE, "", options["style"])] if options["style"] else []
        notice = parse_notice(source, _directory(), NOTHING.having(*chosen))
        if not options["dry_run"]:
            self._import(notice, source.text)
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


def _directory() -> Directory:
    """A database without tables has no units either: a dry run needs no preparation."""
    if Unit._meta.db_table in connection.introspection.table_names():
        return intake.directory()
    return Directory.of(units=[], groups=[], aliases={})
