"""The life of a report: its table of transitions and the verbs that carry them out.

draft ──submit──▶ signing ──sign, sign_offline, send_unsigned──▶ reviewing ──accept──▶ accepted
  ▲ ◀──withdraw────┘ │                                             │                     │
  │                  └─return_to_liaison─▶ returned ◀─return_to_unit┘                     │
  └──────────────────────── reopen (from draft, returned, accepted), correct ─────────────┘

A returned report is submitted again. Every return and correction makes the next version at once,
so that `report.latest()` is always the one to type in or to decide on.
"""

from progress.filing import (
    has_signer,
    return_to_liaison,
    send_unsigned,
    sign,
    sign_offline,
    submit,
    withdraw,
)
from progress.review import accept, correct, reopen, return_to_unit
from progress.tables import ADJUSTMENTS, CLOSURES, PERIODS, REPORTS, SUPPORT_REQUESTS
from progress.versions import last_return

__all__ = [
    "ADJUSTMENTS",
    "CLOSURES",
    "PERIODS",
    "REPORTS",
    "SUPPORT_REQUESTS",
    "accept",
    "correct",
    "has_signer",
    "last_return",
    "reopen",
    "return_to_liaison",
    "return_to_unit",
    "send_unsigned",
    "sign",
    "sign_offline",
    "submit",
    "withdraw",
]
