"""`manage.py rebuild_boards [--check]`: what reading pages show, written anew or only checked."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huangshi_tasks.lib import clock
from progress.board.checking import days_of, differences
from progress.board.keeping import write
from progress.models import BoardRow
from tasks.models import Plan


class Command(BaseCommand):
    """Exit 1 when `--check` finds a row that does not say what the tables say."""

    help = "重新生成各年度事项的展示数据；--check只核对，不一致的逐项列出"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="只核对")

    def handle(self, *args: Any, **options: Any) -> None:
        plans = list(Plan.objects.all())
        found = sum(self._check(plan) if options["check"] else _rebuild(plan) for plan in plans)
        if options["check"] and found:
            raise CommandError(f"{found}处不一致。")
        verb = "已核对，全部一致" if options["check"] else f"已生成，共{found}行"
        self.stdout.write(f"{len(plans)}个年度{verb}。")

    def _check(self, plan: Plan) -> int:
        found = 0
        for until in days_of(plan):
            for each in differences(plan, clock.today(), until):
                day = each.until.isoformat() if each.until is not None else "最新定稿"
                words = (each.item, day, each.field, f"{each.kept!r}", f"{each.derived!r}")
                self.stdout.write("\t".join(words))
                found += 1
        return found


def _rebuild(plan: Plan) -> int:
    """Everything that is kept goes; what lists ask for first is written again."""
    BoardRow.objects.filter(task__plan=plan).delete()
    for until in days_of(plan):
        write(plan, clock.today(), until)
    return BoardRow.objects.filter(task__plan=plan).count()
