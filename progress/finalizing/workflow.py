"""The life of a period:

collecting ──finalize──▶ finalized
    └──leave_out──▶ before: at 启用 of a year that begins late
"""

from __future__ import annotations

from progress.finalizing import permissions as may
from progress.models import (
    Period,
    PeriodState,
)
from units.transitions import (
    Table,
    Transition,
    any_of,
)

PERIODS: Table[Period] = Table(
    Period,
    [
        Transition(
            "finalize",
            "定稿",
            any_of(PeriodState.COLLECTING),
            PeriodState.FINALIZED,
            may.can_finalize,
        ),
        Transition(
            "leave_out",
            "列为启用前",
            any_of(PeriodState.COLLECTING),
            PeriodState.BEFORE,
            may.can_finalize,
        ),
    ],
)
