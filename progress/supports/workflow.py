"""The life of a question to a support unit: asked ──answer──▶ answered; asked ──take_back──▶ taken
back.
"""

from __future__ import annotations

from progress.models import (
    SupportRequest,
    SupportState,
)
from progress.supports import permissions as may
from units.transitions import (
    Table,
    Transition,
    any_of,
)

_OPEN = any_of(SupportState.ASKED)

SUPPORT_REQUESTS: Table[SupportRequest] = Table(
    SupportRequest,
    [
        Transition("answer", "答复", _OPEN, SupportState.ANSWERED, may.can_answer_support),
        Transition("take_back", "收回", _OPEN, SupportState.TAKEN_BACK, may.can_take_back),
    ],
    related=(
        "unit",
        "report__period",
        "report__responsibility__task",
        "report__responsibility__unit",
    ),
)
