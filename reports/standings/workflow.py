"""The life of a 单位推进情况: draft ──approve──▶ approved ──revoke──▶ revoked; draft ──drop──▶
dropped; `refresh` reckons a draft anew. The verbs are in `reports.standings.acts`.
"""

from __future__ import annotations

from reports.models import Standing, StandingState
from units.actors import Actor
from units.permissions import ALLOWED, Verdict, denied
from units.transitions import Table, Transition, any_of


def can_edit_standings(actor: Actor) -> Verdict:
    """Draft, reckon anew, register the approval: the office."""
    return ALLOWED if actor.is_office else denied("单位推进情况由督查室拟定和登记批准。")


def _may_edit(actor: Actor, standing: Standing) -> Verdict:
    return can_edit_standings(actor)


OPEN, APPROVED = StandingState.DRAFT, StandingState.APPROVED

STANDINGS: Table[Standing] = Table(
    Standing,
    [
        Transition("refresh", "重新计算", any_of(OPEN), OPEN, _may_edit),
        Transition("approve", "登记批准", any_of(OPEN), APPROVED, _may_edit),
        Transition("drop", "作废", any_of(OPEN), StandingState.DROPPED, _may_edit),
        Transition("revoke", "撤销", any_of(APPROVED), StandingState.REVOKED, _may_edit),
    ],
    related=("plan",),
)
