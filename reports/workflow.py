"""The lives of what leaves: of bulletins and of 单位推进情况, each a table of transitions.

draft ──ask──▶ checking ──sign──▶ signed ──issue──▶ frozen
  ▲ ◀──take_back──┘                 │
  └──────────── withdraw ───────────┘        draft, checking ──drop──▶ dropped

A 专报 and a 公示稿 name nobody and are signed from the draft. What is frozen stays for ever; a
correction is a new edition with a life of its own. The verbs are in `reports.bulletins.acts`.

单位推进情况: draft ──approve──▶ approved ──revoke──▶ revoked; draft ──drop──▶ dropped; `refresh`
reckons a draft anew. The verbs are in `reports.standings.acts`.
"""

from __future__ import annotations

from reports.models import Bulletin, BulletinState, Standing, StandingState
from units.actors import Actor
from units.permissions import ALLOWED, Verdict, denied
from units.transitions import Table, Transition


def can_edit_bulletins(actor: Actor) -> Verdict:
    """Draft, send to be checked, register the signature, issue: the office."""
    return ALLOWED if actor.is_office else denied("督查通报由督查室起草和印发。")


def _may(actor: Actor, bulletin: Bulletin) -> Verdict:
    return can_edit_bulletins(actor)


DRAFT, CHECKING = BulletinState.DRAFT, BulletinState.CHECKING
SIGNED, FROZEN = BulletinState.SIGNED, BulletinState.FROZEN


def _from(*states: str) -> frozenset[str]:
    return frozenset(str(state) for state in states)


BULLETINS: Table[Bulletin] = Table(
    Bulletin,
    [
        Transition("ask", "送单位核对", _from(DRAFT), CHECKING, _may),
        Transition("take_back", "收回修改", _from(CHECKING), DRAFT, _may),
        Transition("sign", "登记签发", _from(DRAFT, CHECKING), SIGNED, _may),
        Transition("withdraw", "撤回签发", _from(SIGNED), DRAFT, _may),
        Transition("issue", "印发", _from(SIGNED), FROZEN, _may),
        Transition("drop", "作废", _from(DRAFT, CHECKING), BulletinState.DROPPED, _may),
    ],
    related=("plan", "period"),
)


def can_edit_standings(actor: Actor) -> Verdict:
    """Draft, reckon anew, register the approval: the office."""
    return ALLOWED if actor.is_office else denied("单位推进情况由督查室拟定和登记批准。")


def _may_edit(actor: Actor, standing: Standing) -> Verdict:
    return can_edit_standings(actor)


OPEN, APPROVED = StandingState.DRAFT, StandingState.APPROVED

STANDINGS: Table[Standing] = Table(
    Standing,
    [
        Transition("refresh", "重新计算", _from(OPEN), OPEN, _may_edit),
        Transition("approve", "登记批准", _from(OPEN), APPROVED, _may_edit),
        Transition("drop", "作废", _from(OPEN), StandingState.DROPPED, _may_edit),
        Transition("revoke", "撤销", _from(APPROVED), StandingState.REVOKED, _may_edit),
    ],
    related=("plan",),
)
