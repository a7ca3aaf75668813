"""Which rows a number of 总览, 十件实事 or 督查室 counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huangshi_tasks.lib import clock
from progress.models import Period
from progress.periods.access import periods_of, plans_of
from reports.ledger.asked import LIVE, OUTLOOK, PERIOD, PROBLEM, rows_asked
from reports.ledger.facets import NOW, LedgerIndex
from reports.ledger.rows import LedgerRow
from reports.office.tiles import office_tiles
from reports.stats.tiles import rows_behind, tiles_of
from reports.stats.trend import history_of, trend
from tasks.models import Plan
from units.actors import Actor
from units.face.marks import LIGHTS
from units.models import Appointment, Role

OFFICE = "office"  # how the names of the numbers of 督查室 begin
UNKNOWN = "没有名称“{tile}”；不写名称可列出全部。"
ONLY_NOW = "督查室的数是当前的，不能另选填报期或分管市领导。"


class Command(BaseCommand):
    """The rows behind a tile, as the head of the office reads them; without a tile, all tiles."""

    help = "列出总览、十件实事、督查室上一个数所数的行；不写名称时列出全部数的名称"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("tile", nargs="?", default="", help="名称，如behind、area-3-late")
        parser.add_argument("--period", default="", help="填报期，如2022-06；不写为最新定稿")
        parser.add_argument("--plan", default="", help="年度，如2022；不写为最新年度")
        parser.add_argument("--leader", default="", help="分管市领导的编号，如leader-3中的3")
        parser.add_argument("--live", action="store_true", help="当前情况（未定稿）")

    def handle(
        self, *args: Any, tile: str, period: str, plan: str, leader: str, live: bool, **options: Any
    ) -> None:
        now = clock.now()
        actor = _head(now.date())
        chosen = _plan(actor, plan)
        until = _period(chosen, period).data_as_of if period else None
        is_narrowed = bool(period or leader or live)
        if tile.startswith(OFFICE):
            if is_narrowed:
                raise CommandError(ONLY_NOW)
            return self._explain_office(chosen, tile)
        asked = {OUTLOOK: "1", PROBLEM: "1", LIVE: NOW if live else ""}
        rows = _led(rows_asked(chosen, actor, now.date(), asked, until=until), leader)
        history = {} if live else history_of(rows)
        months = [m for m in trend(rows, history) if until is None or m.day <= until]
        tiles = tiles_of(rows, months)
        if not tile:
            self._list(tiles)
            if not is_narrowed:
                self._list(office_tiles(chosen, now))
            return None
        found = next((each for each in tiles if each.name == tile), None)
        if found is None:
            raise CommandError(UNKNOWN.format(tile=tile))
        if found.day:
            rows = _led(rows_asked(chosen, actor, now.date(), {PERIOD: found.day}), leader)
        self.stdout.write(f"{found.title}：{found.count}项")
        for row in rows_behind(found, rows):
            self.stdout.write(_line(row))
        return None

    def _list(self, tiles: Sequence[Any]) -> None:
        for each in tiles:
            self.stdout.write(f"{each.name}\t{each.title}\t{each.count}项")

    def _explain_office(self, plan: Plan, tile: str) -> None:
        found = next((each for each in office_tiles(plan, clock.now()) if each.name == tile), None)
        if found is None:
            raise CommandError(UNKNOWN.format(tile=tile))
        self.stdout.write(f"{found.title}：{found.count}项")
        for line in found.rows():
            self.stdout.write(line)


def _led(rows: list[LedgerRow], leader: str) -> list[LedgerRow]:
    """Those of one portfolio; all without one."""
    if not leader:
        return rows
    own = LedgerIndex(rows).matching({"leader": leader})
    found = [row for row in rows if row.task.pk in own]
    if not found:
        raise CommandError(f"没有编号为“{leader}”的分管市领导，或其名下没有事项。")
    return found


def _head(today: date) -> Actor:
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
