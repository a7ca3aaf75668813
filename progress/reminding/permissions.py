"""Who may see the ledger of messages."""

from __future__ import annotations

from units.actors import Actor
from units.permissions import ALLOWED, Verdict, can_run_the_year


def can_see_reminders(actor: Actor) -> Verdict:
    """The ledger of messages: the office and the auditor (design.md section 1)."""
    return ALLOWED if actor.is_auditor else can_run_the_year(actor)
