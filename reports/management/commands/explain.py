"""Which rows a number of 总览, 十件实事 or 督查室 counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.management.base import BaseCommand, CommandError

from huangshi_tasks.lib import clock
from progress.models import Period
from progress.periods.access import periods_of, plans_of
from reports.exports.explained import (
    Explained,
    Rows,
    head_of_office,
    ledger_numbers,
    office_numbers,
)
from reports.ledger.facets import LedgerIndex
from tasks.models import Plan
from units.actors import Actor

OFFICE = "office"  # how the names of the numbers of 督查室 begin
UNKNOWN = "没有名称“{tile}”；不写名称可列出全部。"
ONLY_NOW = "督查室的数是当前的，不能另选填报期或分管领导。"


class Command(BaseCommand):
    """The rows behind a tile, as the head of the office reads them; without a tile, all tiles."""

    help = "列出总览、十件实事、督查室上一个数所数的行；不写名称时列出全部数的名称"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("tile", nargs="?", default="", help="名称，如behind、area-3-late")
        parser.add_argument("--period", default="", help="填报期，如2022-06；不写为最新定稿")
        parser.add_argument("--plan", default="", help="年度，如2022；不写为最新年度")
        parser.add_argument("--leader", default="", help="分管领导的编号，如leader-3中的3")
        parser.add_argument("--of", default="", help="范围，如页面上data-of中的area=3&unit=14")
        parser.add_argument("--live", action="store_true", help="当前情况（未定稿）")

    def handle(
        self,
        *args: Any,
        tile: str,
        period: str,
        plan: str,
        leader: str,
        of: str,
        live: bool,
        **options: Any,
    ) -> None:
        now = clock.now()
        actor = head_of_office(now.date())
        if actor is None:
            raise CommandError("还没有督查室负责人，请先任命。")
        chosen = _plan(actor, plan)
        until = _period(chosen, period).data_as_of if period else None
        choice = _choice(leader, of)
        is_narrowed = bool(period or choice or live)
        if tile.startswith(OFFICE):
            if is_narrowed:
                raise CommandError(ONLY_NOW)
            return self._print(tile, office_numbers(chosen, now))
        narrowed = partial(_chosen, choice)
        numbers = ledger_numbers(
            chosen, actor, now.date(), until=until, live=live, narrowed=narrowed
        )
        if tile:
            return self._print(tile, numbers)
        for each in [*numbers, *([] if is_narrowed else office_numbers(chosen, now))]:
            self.stdout.write(f"{each.name}\t{each.title}\t{each.count}{each.measure}")
        return None

    def _print(self, tile: str, numbers: Sequence[Explained]) -> None:
        found = next((each for each in numbers if each.name == tile), None)
        if found is None:
            raise CommandError(UNKNOWN.format(tile=tile))
        self.stdout.write(f"{found.title}：{found.count}{found.measure}")
        for line in found.lines():
            self.stdout.write(line)


def _choice(leader: str, of: str) -> dict[str, str]:
    """The conditions, as in the address of the ledger."""
    try:
        choice = dict(parse_qsl(of, strict_parsing=True)) if of else {}
    except ValueError:
        raise CommandError(f"“{of}”不是范围，请写成area=3的样子。") from None
    return {**choice, "leader": leader} if leader else choice


def _chosen(choice: dict[str, str], rows: Rows) -> Rows:
    """Those that fit; all without a condition."""
    if not choice:
        return rows
    own = LedgerIndex(rows).matching(choice)
    found = [row for row in rows if row.task.pk in own]
    if not found:
        raise CommandError(f"没有符合“{urlencode(choice)}”的事项。")
    return found


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
