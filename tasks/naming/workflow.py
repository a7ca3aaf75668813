"""The life of a naming: proposed ──confirm──▶ confirmed; proposed ──object──▶ objected; the office
decides (confirmed) or drops it.
"""

from __future__ import annotations

from tasks.models import Naming, NamingState
from tasks.naming import permissions as may
from units.transitions import Table, Transition, any_of

PROPOSED, CONFIRMED = NamingState.PROPOSED, NamingState.CONFIRMED
OBJECTED, DROPPED = NamingState.OBJECTED, NamingState.DROPPED

NAMINGS: Table[Naming] = Table(
    Naming,
    [
        Transition("confirm", "确认", any_of(PROPOSED), CONFIRMED, may.can_answer),
        Transition("object", "提出异议", any_of(PROPOSED), OBJECTED, may.can_answer),
        Transition("decide", "列入", any_of(PROPOSED, OBJECTED), CONFIRMED, may.can_name),
        Transition("drop", "不列入", any_of(PROPOSED, OBJECTED, CONFIRMED), DROPPED, may.can_name),
    ],
    related=("designation__task__plan", "unit"),
)
