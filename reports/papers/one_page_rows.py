"""What 领导一页 reads beside the rows of the ledger: 交办事项, and the 定稿 that can be chosen."""

from __future__ import annotations

from datetime import date

from progress.models import Instruction
from progress.periods.access import periods_of
from reports.papers.one_page import Matters
from tasks.models import Plan
from units.actors import Actor


def matters_of(plan: Plan, actor: Actor, leader: str, today: date) -> Matters:
    """Those of the post `leader`, or of all, that the actor may see."""
    own = Instruction.objects.visible_to(actor).filter(plan=plan)
    if leader:
        own = own.filter(post=int(leader)) if leader.isdecimal() else own.filter(post=None)
    return Matters(own.with_unit().count(), own.overdue(today).count())


def months_of(plan: Plan) -> list[tuple[str, str]]:
    """The days of 定稿, the newest first: 2022-06-30, 2022年6月."""
    days = {each.data_as_of for each in periods_of(plan) if each.is_finalized}
    return [(day.isoformat(), f"{day.year}年{day.month}月") for day in sorted(days, reverse=True)]
