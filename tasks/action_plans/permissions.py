"""May this person write, sign, send, decide on or read a 办理方案? A refusal says why."""

from __future__ import annotations

from tasks.models import ActionPlan, ActionPlanVersion
from units.actors import Actor
from units.permissions import ALLOWED, Verdict, denied


def can_write(actor: Actor, action_plan: ActionPlan) -> Verdict:
    """Write it, and send it for signing: the liaison of the primary."""
    unit = action_plan.task.primary_unit
    if actor.is_reporter and unit is not None and actor.unit_id == unit.pk:
        return ALLOWED
    return denied(f"办理方案由{unit or '汇总牵头单位'}联络员编制。")


def can_sign(actor: Actor, action_plan: ActionPlan) -> Verdict:
    """Sign on screen: the head of the primary."""
    unit = action_plan.task.primary_unit
    if actor.is_signer and unit is not None and actor.unit_id == unit.pk:
        return ALLOWED
    return denied(f"办理方案由{unit or '汇总牵头单位'}负责人审签。")


def can_send_unsigned(actor: Actor, action_plan: ActionPlan) -> Verdict:
    """Let it leave without a signature, marked as such: the office, or the unit's liaison."""
    return ALLOWED if actor.is_office else can_write(actor, action_plan)


def can_decide(actor: Actor, action_plan: ActionPlan) -> Verdict:
    """The office, and in it nobody who wrote, sent or signed the version."""
    if not actor.is_office:
        return denied("办理方案由督查室审核。")
    if actor.user.pk in _hands_of(action_plan.latest()):
        return denied("本人编制或审签的办理方案，须由督查室其他人员审核。")
    return ALLOWED


def can_see_drafts(actor: Actor, action_plan: ActionPlan) -> Verdict:
    """What is not accepted yet, and returns: the primary's own and the office's."""
    unit = action_plan.task.primary_unit
    is_own = actor.is_of_a_unit and unit is not None and actor.unit_id == unit.pk
    if actor.is_office or is_own:
        return ALLOWED
    return denied("未经审核的办理方案只供编制单位和督查室查看。")


def _hands_of(version: ActionPlanVersion) -> set[int | None]:
    return {version.edited_by_id, version.submitted_by_id, version.signed_by_id}
