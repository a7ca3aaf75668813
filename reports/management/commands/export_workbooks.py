from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from huangshi_tasks.lib import clock
from progress.periods.access import plans_of
from reports.excel.writing import write
from reports.workbooks.choice import asked_of
from reports.workbooks.shelf import WORKBOOKS
from tasks.models import Plan
from units import log
from units.actors import Actor
from units.models import Appointment, Role


class Command(BaseCommand):
    """Every workbook of 台账报表 as the head of the office would download it; for archive and
    examples. In the log like any export.
    """

    help = "把台账报表的全部工作簿写到一个目录，内容同督查室负责人所下载"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("slug", help="年度，如2022")
        parser.add_argument("folder", type=Path, help="目录，没有时新建")
        parser.add_argument("--unit", default="", help="单位任务清单只写这一个单位（编号）")

    def handle(self, *args: Any, slug: str, folder: Path, unit: str, **options: Any) -> None:
        now = clock.now()
        heads = Appointment.objects.on(now.date()).filter(role=Role.OFFICE, is_head=True)
        head = heads.select_related("user", "unit").order_by("pk").first()
        if head is None:
            raise CommandError("还没有督查室负责人，请先任命。")
        actor = Actor(head.user, head)
        plan = plans_of(actor).filter(slug=slug).first()
        if plan is None:
            raise CommandError(f"没有“{slug}”年度，可用的有：{_slugs()}。")
        folder.mkdir(parents=True, exist_ok=True)
        for book in WORKBOOKS:
            query = QueryDict(f"unit={unit}" if unit and book.slug == "units" else "")
            asked = asked_of(query, book, plan=plan, actor=actor, today=now.date())
            if asked is None or not asked.ledger.is_valid():
                raise CommandError(f"没有编号为“{unit}”的单位。")
            content = write(*book.build(asked), author=actor.label, now=now)
            (folder / f"{book.title}.xlsx").write_bytes(content)
            log.record(
                action="export", summary=f"导出{book.title}", subject=plan, actor=actor, now=now
            )
        self.stdout.write(f"已写出{len(WORKBOOKS)}个工作簿：{folder}")


def _slugs() -> str:
    return "、".join(Plan.objects.values_list("slug", flat=True)) or "无"
