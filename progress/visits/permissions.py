"""Who may plan, record and close a 核查."""

from __future__ import annotations

from progress.models import (
    SiteVisit,
)
from units.actors import Actor
from units.permissions import Verdict, can_run_the_year


def can_visit(actor: Actor, visit: SiteVisit) -> Verdict:
    """核查: the office's."""
    return can_run_the_year(actor)
