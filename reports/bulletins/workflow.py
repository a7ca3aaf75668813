"""The life of a bulletin.

draft ──ask──▶ checking ──sign──▶ signed ──issue──▶ frozen
  ▲ ◀──take_back──┘                 │
  └──────────── withdraw ───────────┘        draft, checking ──drop──▶ dropped

A 专报 and a 公示稿 name nobody and are signed from the draft. What is frozen stays for ever; a
correction is a new edition with a life of its own. The verbs are in `reports.bulletins.acts`.
"""

from __future__ import annotations

from reports.models import Bulletin, BulletinState
from units.actors import Actor
from units.permissions import ALLOWED, Verdict, denied
from units.transitions import Table, Transition, any_of


def can_edit_bulletins(actor: Actor) -> Verdict:
    """Draft, send to be checked, register the signature, issue: the office."""
    return ALLOWED if actor.is_office else denied("督查通报由督查室起草和印发。")


def _may(actor: Actor, bulletin: Bulletin) -> Verdict:
    return can_edit_bulletins(actor)


DRAFT, CHECKING = BulletinState.DRAFT, BulletinState.CHECKING
SIGNED, FROZEN = BulletinState.SIGNED, BulletinState.FROZEN


BULLETINS: Table[Bulletin] = Table(
    Bulletin,
    [
        Transition("ask", "送单位核对", any_of(DRAFT), CHECKING, _may),
        Transition("take_back", "收回修改", any_of(CHECKING), DRAFT, _may),
        Transition("sign", "登记签发", any_of(DRAFT, CHECKING), SIGNED, _may),
        Transition("withdraw", "撤回签发", any_of(SIGNED), DRAFT, _may),
        Transition("issue", "印发", any_of(SIGNED), FROZEN, _may),
        Transition("drop", "作废", any_of(DRAFT, CHECKING), BulletinState.DROPPED, _may),
    ],
    related=("plan", "period"),
)
