"""Who may ask for an 调整 or object to a responsibility, and who registers what was decided."""

from __future__ import annotations

from datetime import date

from progress.models import (
    Adjustment,
    Closure,
)
from tasks.models import Responsibility, Task
from units.actors import Actor
from units.permissions import ALLOWED, Verdict, denied


def can_decide(actor: Actor, decision: Adjustment | Closure) -> Verdict:
    """Register what was decided elsewhere, check claims: the office."""
    return ALLOWED if actor.is_office else denied("批准、核查和销号由督查室登记。")


def can_register(actor: Actor) -> Verdict:
    """登记调整 in one step: the office."""
    return ALLOWED if actor.is_office else denied("调整由督查室登记。")


def can_ask_for(actor: Actor, task: Task, day: date) -> Verdict:
    """Ask for an adjustment or claim completion: the primary's people, or the office for them."""
    if actor.is_office:
        return ALLOWED
    primary = Responsibility.objects.on(day).filter(task=task, is_primary=True)
    if actor.is_of_a_unit and primary.filter(unit_id=actor.unit_id).exists():
        return ALLOWED
    return denied("调整和办结由汇总牵头单位申请。")


def can_object(actor: Actor, task: Task, day: date) -> Verdict:
    """Ask for 责任调整: everybody who answers for the item, or the office for them."""
    if actor.is_office:
        return ALLOWED
    held = Responsibility.objects.on(day).filter(task=task, unit_id=actor.unit_id)
    if actor.is_of_a_unit and held.exists():
        return ALLOWED
    return denied("责任调整由承担此项的单位申请。")
