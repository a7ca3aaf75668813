"""May this person do this with this plan, action plan or naming? A refusal says why."""

from __future__ import annotations

from tasks.models import ActionPlan, ActionPlanVersion, Naming, Plan, Responsibility, Task
from units.actors import Actor
from units.models import Unit
from units.permissions import ALLOWED, Verdict, can_run_the_year, denied


def can_run(actor: Actor, plan: Plan) -> Verdict:
    return can_run_the_year(actor)


def primary_of(task: Task) -> Unit | None:
    """The unit that writes the item's report and its 办理方案 now."""
    return task.primary_unit


def can_write_action_plan(actor: Actor, action_plan: ActionPlan) -> Verdict:
    """Write it, and send it for signing: the liaison of the primary."""
    unit = primary_of(action_plan.task)
    if actor.is_reporter and unit is not None and actor.unit_id == unit.pk:
        return ALLOWED
    return denied(f"办理方案由{unit or '汇总牵头单位'}联络员编制。")


def can_sign_action_plan(actor: Actor, action_plan: ActionPlan) -> Verdict:
    """Sign on screen: the head of the primary."""
    unit = primary_of(action_plan.task)
    if actor.is_signer and unit is not None and actor.unit_id == unit.pk:
        return ALLOWED
    return denied(f"办理方案由{unit or '汇总牵头单位'}负责人审签。")


def can_send_action_plan_unsigned(actor: Actor, action_plan: ActionPlan) -> Verdict:
    """Let it leave without a signature, marked as such: the office, or the unit's liaison."""
    return ALLOWED if actor.is_office else can_write_action_plan(actor, action_plan)


def can_decide_action_plan(actor: Actor, action_plan: ActionPlan) -> Verdict:
    """The office, and in it nobody who wrote, sent or signed the version."""
    if not actor.is_office:
        return denied("办理方案由督查室审核。")
    if actor.user.pk in _hands_of(action_plan.latest()):
        return denied("本人编制或审签的办理方案，须由督查室其他人员审核。")
    return ALLOWED


def can_see_action_plan_drafts(actor: Actor, action_plan: ActionPlan) -> Verdict:
    """What is not accepted yet, and returns: the primary's own and the office's."""
    unit = primary_of(action_plan.task)
    is_own = actor.is_of_a_unit and unit is not None and actor.unit_id == unit.pk
    if actor.is_office or is_own:
        return ALLOWED
    return denied("未经审核的办理方案只供编制单位和督查室查看。")


def can_answer_naming(actor: Actor, naming: Naming) -> Verdict:
    """Confirm or object: anybody of the named unit."""
    if actor.is_of_a_unit and actor.unit_id == naming.unit_id:
        return ALLOWED
    return denied(f"是否参加由{naming.unit or '所列单位'}答复。")


def can_name(actor: Actor, naming: Naming) -> Verdict:
    return can_run_the_year(actor)


def can_hold(actor: Actor, responsibility: Responsibility) -> Verdict:
    """签收, and enter who is responsible inside the unit: anybody of the unit."""
    if actor.is_of_a_unit and actor.unit_id == responsibility.unit_id:
        return ALLOWED
    return denied(f"此项责任由{responsibility.unit}签收和填写。")


def can_keep_contacts(actor: Actor, responsibility: Responsibility) -> Verdict:
    """Who is responsible inside the unit: its own people, and the office for everybody."""
    return ALLOWED if actor.is_office else can_hold(actor, responsibility)


def _hands_of(version: ActionPlanVersion) -> set[int | None]:
    return {version.edited_by_id, version.submitted_by_id, version.signed_by_id}
