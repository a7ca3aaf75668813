"""The weights of a plan: how many points one fact of each kind costs, by date.

A `PlanRule` called `standing` holds kind → points as text. An edition is reckoned with the weights
of its own 数据截至: what units were told beforehand is what they are judged by.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from huangshi_tasks.lib.text import plain
from reports.models import Standing, StandingState
from reports.standings.points import DEFAULTS, Weights
from reports.standings.workflow import can_edit_standings
from reports.stats.facts import KINDS
from tasks.models import Plan, PlanRule
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import require

KEY = "standing"
ONE_DAY = timedelta(days=1)
MOST = Decimal(100)


def weights_of(plan: Plan, day: date) -> Weights:
    """Those that hold on `day`: the plan's own, or else the defaults. One query."""
    rule = PlanRule.objects.on(day).filter(plan=plan, key=KEY).order_by("-starts_on").first()
    return dict(DEFAULTS) if rule is None else read(rule.value)


def read(value: Mapping[str, Any]) -> dict[str, Decimal]:
    """As a rule or an edition stores them."""
    return {kind: Decimal(value[kind]) for kind in KINDS}


def written(weights: Weights) -> dict[str, str]:
    return {kind: plain(weights[kind]) for kind in KINDS}


def holds_from(plan: Plan, today: date) -> date:
    """From when a change holds: tomorrow; from the notice on while nothing was ever approved."""
    was_approved = [StandingState.APPROVED, StandingState.REVOKED]
    if Standing.objects.filter(plan=plan, state__in=was_approved).exists():
        return today + ONE_DAY
    return plan.issued_on


@transaction.atomic
def set_weights(*, plan: Plan, weights: Weights, actor: Actor, now: datetime) -> PlanRule:
    """Let `weights` hold from `holds_from` on; editions that were made stay as they are."""
    require(can_edit_standings(actor))
    if not any(weights[kind] for kind in KINDS):
        raise NotNow("至少有一类的扣分要大于0。")
    Plan.objects.select_for_update().get(pk=plan.pk)
    starts_on = holds_from(plan, now.date())
    before = written(weights_of(plan, starts_on))
    held = PlanRule.objects.open_ended().filter(plan=plan, key=KEY).first()
    if held is not None and held.starts_on < starts_on:
        held.ends_on = starts_on - ONE_DAY
        held.save(update_fields=["ends_on"])
        held = None
    rule = held or PlanRule(plan=plan, key=KEY, starts_on=starts_on)
    rule.value = written(weights)
    rule.save()
    log.record(
        actor=actor,
        action="standing.weights",
        subject=rule,
        summary="设置单位推进情况的扣分标准",
        changes={"weights": [before, rule.value], "starts_on": rule.starts_on},
        now=now,
    )
    return rule
