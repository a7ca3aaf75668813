"""水印 of a file: who took it, as what, and when."""

from __future__ import annotations

from datetime import datetime

from huangshi_tasks.lib import text
from tasks.models import Plan
from units.actors import Actor


def mark_of(plan: Plan, actor: Actor, now: datetime) -> str:
    """For the foot of every page; empty where the plan asks for none."""
    return f"{actor.name} {text.moment(now)}" if plan.has_watermark else ""
