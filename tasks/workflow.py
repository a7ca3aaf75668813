"""The life of a plan: draft ──activate──▶ active ──archive──▶ archived.

A draft is the office's alone; from activation on units see what they owe.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tasks.models import Plan
from tasks.tables import PLANS
from units.actors import Actor

__all__ = ["PLANS", "activate", "archive"]


def activate(*, plan: Plan, actor: Actor, now: datetime) -> Plan:
    """启用: the year begins; units see their items and what they owe."""

    def stamp(locked: Plan) -> Iterable[str]:
        locked.activated_on = now.date()
        return ("activated_on",)

    return PLANS.perform("activate", plan, actor=actor, now=now, stamp=stamp)


def archive(*, plan: Plan, actor: Actor, now: datetime) -> Plan:
    """归档: the year is over and only read."""
    return PLANS.perform("archive", plan, actor=actor, now=now)
