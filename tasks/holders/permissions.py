"""May this person receive a responsibility, or keep who answers for it? A refusal says why."""

from __future__ import annotations

from tasks.models import Responsibility
from units.actors import Actor
from units.permissions import ALLOWED, Verdict, denied


def can_hold(actor: Actor, responsibility: Responsibility) -> Verdict:
    """签收, and enter who is responsible inside the unit: anybody of the unit."""
    if actor.is_of_a_unit and actor.unit_id == responsibility.unit_id:
        return ALLOWED
    return denied(f"此项责任由{responsibility.unit}签收和填写。")


def can_keep_contacts(actor: Actor, responsibility: Responsibility) -> Verdict:
    """Who is responsible inside the unit: its own people, and the office for everybody."""
    return ALLOWED if actor.is_office else can_hold(actor, responsibility)
