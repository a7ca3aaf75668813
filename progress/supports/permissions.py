"""Who may ask support units, take a question back, answer it."""

from __future__ import annotations

from progress.lifecycle.permissions import can_write
from progress.models import (
    ProgressReport,
    SupportRequest,
)
from units.actors import Actor
from units.permissions import ALLOWED, Verdict, denied


def can_ask_supports(actor: Actor, report: ProgressReport) -> Verdict:
    """Ask support units for a text: the liaison of the unit that writes the item's report."""
    if not report.is_main:
        return denied("征询配合单位由汇总牵头单位办理。")
    return can_write(actor, report)


def can_take_back(actor: Actor, asked: SupportRequest) -> Verdict:
    """Take a question back: the unit that asked."""
    return can_write(actor, asked.report)


def can_answer_support(actor: Actor, asked: SupportRequest) -> Verdict:
    """Answer when asked: the people of the unit that is asked."""
    if actor.is_of_a_unit and actor.unit_id == asked.unit_id:
        return ALLOWED
    return denied(f"此件由{asked.unit}答复。")
