"""The life of a plan: draft ──activate──▶ active ──archive──▶ archived.

A draft is the office's alone; from activation on units see what they owe.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tasks.models import Plan, PlanState
from units.actors import Actor
from units.permissions import Verdict, can_run_the_year
from units.transitions import Table, Transition, any_of


def can_run(actor: Actor, plan: Plan) -> Verdict:
    return can_run_the_year(actor)


PLANS: Table[Plan] = Table(
    Plan,
    [
        Transition("activate", "启用", any_of(PlanState.DRAFT), PlanState.ACTIVE, can_run),
        Transition("archive", "归档", any_of(PlanState.ACTIVE), PlanState.ARCHIVED, can_run),
    ],
)


def activate(*, plan: Plan, actor: Actor, now: datetime) -> Plan:
    """启用: the year begins; units see their items and what they owe."""

    def stamp(locked: Plan) -> Iterable[str]:
        locked.activated_on = now.date()
        return ("activated_on",)

    return PLANS.perform("activate", plan, actor=actor, now=now, stamp=stamp)


def archive(*, plan: Plan, actor: Actor, now: datetime) -> Plan:
    """归档: the year is over and only read."""
    return PLANS.perform("archive", plan, actor=actor, now=now)
