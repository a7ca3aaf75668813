"""The life of an 调整: requested ──register──▶ registered ──revoke──▶ revoked; requested
──decline──▶ declined; `end` closes a 中止 that is in force.
"""

from __future__ import annotations

from progress.adjustments import permissions as may
from progress.models import (
    Adjustment,
    DecisionState,
)
from units.transitions import (
    Table,
    Transition,
    any_of,
)

_ASKED, _IN_FORCE = DecisionState.REQUESTED, DecisionState.REGISTERED

ADJUSTMENTS: Table[Adjustment] = Table(
    Adjustment,
    [
        Transition("register", "登记批准", any_of(_ASKED), _IN_FORCE, may.can_decide),
        Transition("decline", "登记未批准", any_of(_ASKED), DecisionState.DECLINED, may.can_decide),
        Transition("revoke", "撤销", any_of(_IN_FORCE), DecisionState.REVOKED, may.can_decide),
        Transition("end", "恢复办理", any_of(_IN_FORCE), _IN_FORCE, may.can_decide),
    ],
    related=("task__plan",),
)
