"""The life of a claim: claimed ──check──▶ checked ──close──▶ closed ──reopen──▶ reopened; claimed,
checked ──decline──▶ declined.
"""

from __future__ import annotations

from progress.adjustments import permissions as may
from progress.models import (
    Closure,
    ClosureState,
)
from units.transitions import (
    Table,
    Transition,
    any_of,
)

_CLAIMED, _CHECKED, _CLOSED = ClosureState.CLAIMED, ClosureState.CHECKED, ClosureState.CLOSED

CLOSURES: Table[Closure] = Table(
    Closure,
    [
        Transition("check", "核查", any_of(_CLAIMED), _CHECKED, may.can_decide),
        Transition("close", "办结销号", any_of(_CHECKED), _CLOSED, may.can_decide),
        Transition(
            "decline",
            "不予办结",
            any_of(_CLAIMED, _CHECKED),
            ClosureState.DECLINED,
            may.can_decide,
        ),
        Transition("reopen", "重新办理", any_of(_CLOSED), ClosureState.REOPENED, may.can_decide),
    ],
    related=("task__plan",),
)
