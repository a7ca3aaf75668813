"""Bulletins for the tests: a finalized June with something behind and something late."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import ContentFile

from progress.models import Period
from reports.bulletins import acts, drafting
from reports.bulletins.answers import AGREED, answer
from reports.bulletins.lines import lines_of
from reports.bulletins.signing import sign_with
from reports.models import Bulletin, BulletinKind, BulletinLine
from reports.tests.factories import freeze
from tasks.models import Plan
from tests.cast import Cast, at, make_item, period_of
from units.actors import Actor

NOW = at("2022-08-03")
VALUES = {
    "post": None,
    "decided_by": "市政府秘书长",
    "decided_on": NOW.date(),
    "authority": "签批件",
    "scan": None,
}


def finalize(period: Period) -> Period:
    """The mark of a 定稿 whose rows the test made itself."""
    Period.objects.filter(pk=period.pk).update(state="finalized", finalized_at=at("2022-07-13"))
    return Period.objects.select_related("plan").get(pk=period.pk)


def june_with_one_behind(plan: Plan, cast: Cast) -> Period:
    """重点工作第1项 of 市住建局 is late."""
    task = make_item(plan, cast)
    freeze(task, "late", percent=20, unit_reason="征地滞后。", next_digest="示例安排。")
    return finalize(period_of(plan, "2022-06"))


def draft_of(
    period: Period, cast: Cast, kind: str = BulletinKind.BULLETIN, now: datetime = NOW
) -> Bulletin:
    made = drafting.draft(period=period, kind=kind, actor=cast.office, now=now)
    return Bulletin.objects.select_related("plan", "period").get(pk=made.pk)


def issue(bulletin: Bulletin, cast: Cast, now: datetime = NOW) -> Bulletin:
    """Checked, signed and issued."""
    lines = lines_of(bulletin)
    if lines:
        bulletin = acts.ask(bulletin=bulletin, actor=cast.office, now=now)
    for line in lines:
        answer(line=line, text=AGREED, actor=_of(line.unit_id, cast), now=now)
    signed = sign_with(bulletin=bulletin, values=VALUES, actor=cast.office, now=now)
    return acts.issue(bulletin=signed, actor=cast.office, now=now)


def _of(unit: int | None, cast: Cast) -> Actor:
    people = [cast.reporter, cast.co_reporter, cast.county_reporter, cast.supporter]
    return next(actor for actor in people if actor.unit_id == unit)


def row_for_address(name: str, plan: Plan, cast: Cast) -> int:
    """The row that an address of papers leads to, made when it is asked for: what was issued for
    those who read, a draft for the acts of the office, a line of 市住建局 being checked.
    """
    period = finalize(period_of(plan, "2022-06"))
    if name in READ_ISSUED:
        return _left(issue(draft_of(period, cast, BulletinKind.PUBLICATION), cast)).pk
    bulletin = draft_of(period, cast)
    task = plan.tasks.filter(kind="key_task").first()
    line = BulletinLine.objects.create(
        bulletin=bulletin, kind="behind", unit=cast.lead, task=task, facts="完成率20%"
    )
    if name in CHECKED:
        acts.ask(bulletin=bulletin, actor=cast.office, now=NOW)
    return line.pk if name == "reports:bulletin_answer" else bulletin.pk


def _left(bulletin: Bulletin) -> Bulletin:
    """As PDF, and as it came back stamped."""
    bulletin.pdf.save("example.pdf", ContentFile(b"%PDF-1.4"), save=False)
    bulletin.scan.save("example.pdf", ContentFile(b"%PDF-1.4"), save=False)
    bulletin.save(update_fields=["pdf", "scan"])
    return bulletin


LEFT = ("", "_word", "_text", "_pdf", "_scan", "_add_scan", "_correct")
READ_ISSUED = frozenset(f"reports:bulletin{end}" for end in LEFT)
CHECKED = frozenset(
    f"reports:bulletin_{end}" for end in ("check", "answer", "answer_all", "take_back")
)
