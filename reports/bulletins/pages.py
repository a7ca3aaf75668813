"""What the pages of bulletins show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from progress.models import Period
from progress.periods.access import periods_of
from reports.bulletins.answers import AGREED
from reports.bulletins.lines import lines_of
from reports.bulletins.paper.document import paper_of
from reports.bulletins.workflow import BULLETINS
from reports.models import Bulletin, BulletinLine, BulletinState
from reports.word.named import named_blocks
from tasks.models import Plan
from units.actors import Actor


def bulletins_of(plan: Plan, actor: Actor) -> list[Bulletin]:
    """The list: what is being worked on first, then what was issued, the newest first."""
    found = Bulletin.objects.visible_to(actor).filter(plan=plan)
    rows = found.exclude(state=BulletinState.DROPPED).select_related("plan", "period")
    rows = rows.defer("figures")  # some hundred kilobytes each
    return sorted(rows, key=lambda each: each.is_frozen)


def periods_to_draft(plan: Plan) -> list[Period]:
    """Finalized periods, one for each date of data: the shortest cycle stands for all."""
    by_date: dict[object, Period] = {}
    for period in periods_of(plan):
        if period.is_finalized and (period.data_as_of not in by_date or period.cycle == "monthly"):
            by_date[period.data_as_of] = period
    return sorted(by_date.values(), key=lambda period: period.data_as_of, reverse=True)


def lines_to_check(plan: Plan, actor: Actor) -> list[BulletinLine]:
    """Lines that wait for this unit's answer."""
    if not actor.is_of_a_unit:
        return []
    waiting = BulletinLine.objects.visible_to(actor).filter(
        bulletin__plan=plan,
        bulletin__state=BulletinState.CHECKING,
        is_dropped=False,
        answered_at__isnull=True,
    )
    return list(waiting.select_related("bulletin__plan", "bulletin__period", "unit"))


def reading_page(bulletin: Bulletin, actor: Actor) -> dict[str, Any]:
    """The paper as it prints, and what this person may do with it."""
    lines = lines_of(bulletin)
    return {
        "bulletin": bulletin,
        "plan": bulletin.plan,
        "blocks": named_blocks(paper_of(bulletin, lines)),
        "may": {each.name: each for each in BULLETINS.available(bulletin, actor)},
        "lines": lines if actor.is_office else [],
        "answers": answered(lines) if actor.is_office else 0,
        "checks": checks_of(lines) if actor.is_office else [],
        "corrected_by": visible_correction(bulletin, actor),
    }


@dataclass(frozen=True)
class UnitCheck:
    """The lines of one unit, and how far it is with them."""

    name: str
    lines: Sequence[BulletinLine]

    @property
    def read_at(self) -> datetime | None:
        return min((each.read_at for each in self.lines if each.read_at), default=None)

    @property
    def is_answered(self) -> bool:
        return answered(self.lines) == len(self.lines)

    @property
    def words(self) -> str:
        """未阅看, 已阅看，未答复, 已答复，无异议, 已答复，有意见1条."""
        done = answered(self.lines)
        if not done:
            return "已阅看，未答复" if self.read_at else "未阅看"
        objections = sum(bool(each.answer) and each.answer != AGREED for each in self.lines)
        said = f"有意见{objections}条" if objections else "无异议"
        left = len(self.lines) - done
        return f"已答复，{said}" + (f"，还有{left}条未答复" if left else "")


def checks_of(lines: Sequence[BulletinLine]) -> list[UnitCheck]:
    """By unit: who has not looked first."""
    units: dict[int, list[BulletinLine]] = {}
    for line in lines:
        units.setdefault(line.unit_id, []).append(line)
    found = [UnitCheck(those[0].unit_name, those) for those in units.values()]
    return sorted(found, key=lambda each: (each.is_answered, each.read_at is not None))


def answered(lines: Sequence[BulletinLine]) -> int:
    return sum(line.answered_at is not None for line in lines)


def visible_correction(bulletin: Bulletin, actor: Actor) -> Bulletin | None:
    """The edition that corrects this one, for whom it is there to read."""
    edition: Bulletin | None = getattr(bulletin, "corrected_by", None)
    if edition is None or not (actor.is_office or edition.is_frozen):
        return None
    edition.plan, edition.period = bulletin.plan, bulletin.period
    return edition
