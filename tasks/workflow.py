"""The life of a plan: draft ──activate──▶ active ──archive──▶ archived; reopen leads back.

A draft is the office's alone; from activation on units see what they owe.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from tasks.models import Plan, PlanState
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import Verdict, can_run_the_year, require
from units.stamps.small import read_again
from units.transitions import Table, Transition, any_of


def can_run(actor: Actor, plan: Plan) -> Verdict:
    return can_run_the_year(actor)


PLANS: Table[Plan] = Table(
    Plan,
    [
        Transition("activate", "启用", any_of(PlanState.DRAFT), PlanState.ACTIVE, can_run),
        Transition("archive", "归档", any_of(PlanState.ACTIVE), PlanState.ARCHIVED, can_run),
        Transition("reopen", "重新打开", any_of(PlanState.ARCHIVED), PlanState.ACTIVE, can_run),
    ],
)


def activate(*, plan: Plan, actor: Actor, now: datetime) -> Plan:
    """启用: the year begins; units see their items and what they owe."""

    def stamp(locked: Plan) -> Iterable[str]:
        locked.activated_on = now.date()
        return ("activated_on",)

    return PLANS.perform("activate", plan, actor=actor, now=now, stamp=stamp)


def archive(*, plan: Plan, actor: Actor, now: datetime, reason: str = "") -> Plan:
    """归档: the year is over and only read."""
    archived = PLANS.perform("archive", plan, actor=actor, now=now, reason=reason)
    read_again()
    return archived


def reopen(*, plan: Plan, actor: Actor, now: datetime, reason: str) -> Plan:
    """重新打开 of an archived year, by a decision."""
    reopened = PLANS.perform("reopen", plan, actor=actor, now=now, reason=reason)
    read_again()
    return reopened


@transaction.atomic
def mark_main(*, plan: Plan, is_main: bool, actor: Actor, now: datetime) -> Plan:
    """列入主系列, or 改为专项. One plan a year is main: the one that was becomes a 专项.

    Raises `NotNow` where that one is archived: nothing of it is written any more.
    """
    require(can_run(actor, plan))
    year = list(Plan.objects.select_for_update().filter(year=plan.year).order_by("pk"))
    for each in year:
        wanted = is_main if each.pk == plan.pk else each.is_main and not is_main
        if wanted != each.is_main:
            if each.state == PlanState.ARCHIVED:
                raise NotNow(f"{each}已归档，主系列不能再改动；确需改动的，请先重新打开该年度。")
            each.is_main = wanted
            each.save(update_fields=["is_main"])
            log.record(
                actor=actor,
                action="plan.main",
                subject=each,
                summary=f"{'列入主系列' if wanted else '改为专项'}：{each}",
                changes={"is_main": [not wanted, wanted]},
                now=now,
            )
    return next(each for each in year if each.pk == plan.pk)
