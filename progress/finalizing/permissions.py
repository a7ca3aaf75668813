"""Who may finalize a period and override a light."""

from __future__ import annotations

from progress.models import (
    Period,
    ProgressReport,
)
from units.actors import Actor
from units.permissions import ALLOWED, Verdict, can_run_the_year, denied


def can_override(actor: Actor, report: ProgressReport) -> Verdict:
    return ALLOWED if actor.is_office else denied("进度状态由督查室认定。")


def can_finalize(actor: Actor, period: Period) -> Verdict:
    return can_run_the_year(actor)
