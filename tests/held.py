"""The seconds in which a 通过 can be taken back, passed."""

from __future__ import annotations

from django.utils import timezone

from huangshi_tasks.lib import clock
from progress.lifecycle.held import carry_out_due
from progress.models.held import HOLD


def let_the_seconds_pass() -> int:
    """As the schedule finds it when the time of all that is held now is over; how many it took."""
    return carry_out_due(now=clock.now(), at=timezone.now() + HOLD)
