"""May this person read the whole city on one page?"""

from __future__ import annotations

from units.actors import Actor
from units.city.words import said
from units.permissions import ALLOWED, Verdict, denied


def can_read_overview(actor: Actor) -> Verdict:
    """The whole city on one page: for leaders, observers and the office."""
    if actor.is_office or actor.is_reader:
        return ALLOWED
    return denied(said("总览供市领导和督查室查阅，本单位事项请见我的工作台。"))
