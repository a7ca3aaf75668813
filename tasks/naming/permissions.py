"""May this person answer a naming, or name for the city? A refusal says why."""

from __future__ import annotations

from tasks.models import Naming
from units.actors import Actor
from units.permissions import ALLOWED, Verdict, can_run_the_year, denied


def can_answer(actor: Actor, naming: Naming) -> Verdict:
    """Confirm or object: anybody of the named unit."""
    if actor.is_of_a_unit and actor.unit_id == naming.unit_id:
        return ALLOWED
    return denied(f"是否参加由{naming.unit or '所列单位'}答复。")


def can_name(actor: Actor, naming: Naming) -> Verdict:
    return can_run_the_year(actor)
