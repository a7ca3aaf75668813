"""The life of a 核查: planned ──record──▶ recorded ──mend──▶ mended; recorded, mended ──close──▶
closed; planned ──drop──▶ dropped.
"""

from __future__ import annotations

from progress.models import (
    SiteVisit,
    VisitState,
)
from progress.visits import permissions as may
from units.transitions import (
    Table,
    Transition,
    any_of,
)

_PLANNED, _RECORDED, _MENDED = VisitState.PLANNED, VisitState.RECORDED, VisitState.MENDED

VISITS: Table[SiteVisit] = Table(
    SiteVisit,
    [
        Transition("record", "登记结果", any_of(_PLANNED), _RECORDED, may.can_visit),
        Transition("mend", "登记整改", any_of(_RECORDED), _MENDED, may.can_visit),
        Transition("close", "完成", any_of(_RECORDED, _MENDED), VisitState.CLOSED, may.can_visit),
        Transition("drop", "取消核查", any_of(_PLANNED), VisitState.DROPPED, may.can_visit),
    ],
    related=("task__plan",),
)
