"""The life of a report; the verbs that carry it out are in `by_unit` and `by_office`.

draft ──submit──▶ signing ──sign, sign_offline, send_unsigned──▶ reviewing ──accept──▶ accepted
  ▲ ◀──withdraw────┘ │                                             │                     │
  │                  └─return_to_liaison─▶ returned ◀─return_to_unit┘                     │
  └──────────────────────── reopen (from draft, returned, accepted), correct ─────────────┘

A returned report is submitted again. Every return and correction makes the next version at once,
so that `report.latest()` is always the one to type in or to decide on.
"""

from __future__ import annotations

from progress.lifecycle import permissions as may
from progress.models import (
    ProgressReport,
    ReportState,
)
from units.transitions import (
    Table,
    Transition,
    any_of,
)

DRAFT, SIGNING, REVIEWING = ReportState.DRAFT, ReportState.SIGNING, ReportState.REVIEWING
RETURNED, ACCEPTED = ReportState.RETURNED, ReportState.ACCEPTED


REPORTS: Table[ProgressReport] = Table(
    ProgressReport,
    [
        Transition("submit", "送本单位审签", any_of(DRAFT, RETURNED), SIGNING, may.can_write),
        Transition("withdraw", "撤回", any_of(SIGNING), DRAFT, may.can_write),
        Transition("sign", "审签并报送督查室", any_of(SIGNING), REVIEWING, may.can_sign),
        Transition(
            "sign_offline",
            "线下审签后报送",
            any_of(SIGNING),
            REVIEWING,
            may.can_send_signed_sheet,
        ),
        Transition(
            "send_unsigned",
            "未经审签报送",
            any_of(SIGNING),
            REVIEWING,
            may.can_send_unsigned,
        ),
        Transition("return_to_liaison", "退回联络员", any_of(SIGNING), RETURNED, may.can_sign),
        Transition("accept", "通过", any_of(REVIEWING), ACCEPTED, may.can_review),
        Transition("return_to_unit", "退回", any_of(REVIEWING), RETURNED, may.can_review),
        Transition("correct", "更正", any_of(ACCEPTED), DRAFT, may.can_correct),
        Transition("reopen", "开启补报", any_of(DRAFT, RETURNED, ACCEPTED), DRAFT, may.can_reopen),
    ],
    related=("period__plan", "responsibility__task", "responsibility__unit"),
)
