"""The life of a period: collecting ──finalize──▶ finalized."""

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
    ],
)
