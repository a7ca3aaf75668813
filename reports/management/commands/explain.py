"""Which rows a number of 总览 counts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huangshi_tasks.lib import clock
from progress.access import periods_of, plans_of
from progress.models import Period
from reports import stats
from reports.asked_rows import OUTLOOK, rows_asked
from reports.rows import LedgerRow
from tasks.models import Plan
from units.actors import Actor
from units.marks import LIGHTS
from units.models import Appointment, Role


class Command(BaseCommand):
    """The rows behind a tile, as the head of the office reads them; without a tile, all tiles."""

    help = "列出总览上一个数所数的事项；不写名称时列出全部数的名称"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("tile", nargs="?", default="", help="名称，如behind、area-3-late")
        parser.add_argument("--period", default="", help="填报期，如2022-06；不写为最新定稿")
        parser.add_argument("--plan", default="", help="年度，如2022；不写为最新年度")

    def handle(self, *args: Any, tile: str, period: str, plan: str, **options: Any) -> None:
        now = clock.now()
        actor = _head(now.date())
        chosen = _plan(actor, plan)
        until = _period(chosen, period).data_as_of if period else None
        rows = rows_asked(chosen, actor, now.date(), {OUTLOOK: "1"}, until=until)
        tiles = stats.tiles_of(rows)
        if not tile:
            for each in tiles:
                self.stdout.write(f"{each.name}\t{each.title}\t{each.count}项")
            return
        found = next((each for each in tiles if each.name == tile), None)
        if found is None:
            raise CommandError(f"没有名称“{tile}”；不写名称可列出全部。")
        self.stdout.write(f"{found.title}：{found.count}项")
        for row in stats.rows_behind(found, rows):
            self.stdout.write(_line(row))


def _head(today: Any) -> Actor:
    heads = Appointment.objects.on(today).filter(role=Role.OFFICE, is_head=True)
    head = heads.select_related("user", "unit").order_by("pk").first()
    if head is None:
        raise CommandError("还没有督查室负责人，请先任命。")
    return Actor(head.user, head)


def _plan(actor: Actor, slug: str) -> Plan:
    plans = plans_of(actor)
    plan = plans.filter(slug=slug).first() if slug else plans.order_by("-year", "-pk").first()
    if plan is None:
        raise CommandError(f"没有“{slug}”年度。" if slug else "还没有年度。")
    return plan


def _period(plan: Plan, code: str) -> Period:
    """The period of that code that has been finalized."""
    known = [period for period in periods_of(plan) if period.is_finalized]
    period = next((each for each in known if each.code == code), None)
    if period is None:
        codes = "、".join(each.code for each in known) or "无"
        raise CommandError(f"“{code}”没有定稿，已定稿的有：{codes}。")
    return period


def _line(row: LedgerRow) -> str:
    unit = row.primary.name if row.primary is not None else ""
    day = row.data_as_of.isoformat() if row.data_as_of is not None else ""
    words = (row.task.code, row.task.short_title, unit, LIGHTS[row.light].label, day)
    return "\t".join(words)
