"""Who may see the channels and try them."""

from __future__ import annotations

from units.actors import Actor
from units.permissions import ALLOWED, Verdict, can_run_the_year


def can_see_channels(actor: Actor) -> Verdict:
    """State of the channels, and trials: the office, and the admin who runs the server."""
    return ALLOWED if actor.is_admin else can_run_the_year(actor)
