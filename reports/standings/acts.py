"""What the office does with an edition: draft, reckon anew, register the approval, take back.

The figures are stored when they are reckoned. From the approval on nothing changes them: what is
corrected later shows in the next edition.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from reports.models import Standing, StandingState
from reports.standings.figures import figures_of
from reports.standings.workflow import STANDINGS, can_edit_standings
from reports.stats.facts import finalized_until
from tasks.models import Plan
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import Approval
from units.permissions import require

IN_USE = (StandingState.DRAFT, StandingState.APPROVED)


def days_to_draft(plan: Plan) -> list[date]:
    """数据截至 of every 定稿 that has no edition in use, the newest first."""
    taken = Standing.objects.filter(plan=plan, state__in=IN_USE)
    days = {period.data_as_of for period in finalized_until(plan, None)}
    return sorted(days.difference(taken.values_list("data_as_of", flat=True)), reverse=True)


@transaction.atomic
def draft(*, plan: Plan, day: date, actor: Actor, now: datetime) -> Standing:
    """拟定, of the 定稿 up to `day`."""
    require(can_edit_standings(actor))
    Plan.objects.select_for_update().get(pk=plan.pk)  # two at once: the second finds the first
    if day not in days_to_draft(plan):
        raise NotNow("这一期尚未定稿，或已经拟定，请重新选择。")
    made = Standing.objects.create(
        plan=plan,
        data_as_of=day,
        figures=figures_of(plan, day, now),
        made_at=now,
        made_by=actor.user,
        made_by_name=actor.name,
    )
    log.record(
        actor=actor,
        action="standing.draft",
        subject=made,
        summary=f"拟定{made}",
        changes={"data_as_of": day},
        now=now,
    )
    return made


def refresh(*, standing: Standing, actor: Actor, now: datetime) -> tuple[Standing, bool]:
    """Reckon a draft anew; also whether anything in it is different."""
    changed = []

    def stamp(locked: Standing) -> Iterable[str]:
        locked.plan = standing.plan  # with its periods
        figures = figures_of(locked.plan, locked.data_as_of, now)
        changed.append(figures != locked.figures)
        locked.figures, locked.made_at = figures, now
        locked.made_by, locked.made_by_name = actor.user, actor.name
        return ["figures", "made_at", "made_by", "made_by_name"]

    done = STANDINGS.perform("refresh", standing, actor=actor, now=now, stamp=stamp)
    return done, changed[0]


def approve(
    *, standing: Standing, approval: Approval, shown: str, actor: Actor, now: datetime
) -> Standing:
    """登记批准, taken elsewhere, of exactly the figures that were `shown` (their `made_at`)."""

    def stamp(locked: Standing) -> Iterable[str]:
        if shown != locked.made_at.isoformat():
            raise NotNow("您打开以后，本稿重新计算过。请刷新页面，核对后再登记批准。")
        if approval.decided_on < locked.made_at.astimezone(now.tzinfo).date():
            raise NotNow("批准日期早于本稿的拟定日期，请核对；重新计算过的，须按新稿批准。")
        approval.save()
        locked.approval = approval
        return ["approval"]

    return STANDINGS.perform(
        "approve", standing, actor=actor, now=now, stamp=stamp, reason=str(approval)
    )


def drop(*, standing: Standing, reason: str, actor: Actor, now: datetime) -> Standing:
    """作废 a draft; the period may be drafted again."""
    return STANDINGS.perform("drop", standing, actor=actor, now=now, reason=reason)


def revoke(*, standing: Standing, reason: str, actor: Actor, now: datetime) -> Standing:
    """撤销 what was approved: nobody outside the office sees it any more; row and figures stay."""
    return STANDINGS.perform("revoke", standing, actor=actor, now=now, reason=reason)
