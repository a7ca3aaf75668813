"""What is done with a 办理方案 once it is written: signed, accepted, returned, revised.

A return makes the next version at once, so that `latest()` is always the one to type in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tasks.action_plans.acceptance import content_in_force, put_in_force
from tasks.action_plans.checks import objections
from tasks.action_plans.content import Content, from_json, to_json
from tasks.action_plans.outline import Outline
from tasks.action_plans.workflow import ACTION_PLANS
from tasks.commitments.acts import leave_open
from tasks.models import ActionPlan, ActionPlanVersion, Task
from units.actors import Actor, has_signer
from units.errors import NotNow

OPEN = "还有{}条承诺没有计量（{}）。请退回补充节点，或勾选知悉并说明暂不计量的原因。"


def submit(*, action_plan: ActionPlan, actor: Actor, now: datetime) -> ActionPlan:
    """送本单位审签. Raises `NotNow` with the first of what is still wrong."""

    def stamp(locked: ActionPlan) -> Sequence[str]:
        version = locked.latest()
        found = objections(Outline(locked.task, now.date()), from_json(version.content))
        if found:
            raise NotNow(f"还有{len(found)}处需要修改：{found[0]}")
        version.submitted_at, version.submitted_by = now, actor.user
        version.submitted_by_name = actor.name
        version.save(update_fields=["submitted_at", "submitted_by", "submitted_by_name"])
        return ()

    return ACTION_PLANS.perform("submit", action_plan, actor=actor, now=now, stamp=stamp)


def withdraw(*, action_plan: ActionPlan, actor: Actor, now: datetime) -> ActionPlan:
    """撤回, before the head signs."""
    return ACTION_PLANS.perform("withdraw", action_plan, actor=actor, now=now)


def sign(*, action_plan: ActionPlan, actor: Actor, now: datetime, seen: str = "") -> ActionPlan:
    """审签并报送. `seen`: the stamp of the version read; nobody signs what changed since."""

    def stamp(locked: ActionPlan) -> Sequence[str]:
        version = locked.latest()
        if seen and seen != version.stamp:
            raise NotNow(f"{locked}在您打开后有改动，没有审签。请核对现在的内容后再审签。")
        version.signed_at, version.signed_by = now, actor.user
        version.signed_by_name = actor.name
        version.save(update_fields=["signed_at", "signed_by", "signed_by_name"])
        return ()

    return ACTION_PLANS.perform("sign", action_plan, actor=actor, now=now, stamp=stamp)


def send_unsigned(
    *, action_plan: ActionPlan, reason: str, actor: Actor, now: datetime
) -> ActionPlan:
    """未经审签报送, marked as such: by the office, or where the unit has nobody who signs."""

    def stamp(locked: ActionPlan) -> Sequence[str]:
        if not actor.is_office and has_signer(actor.unit, now.date()):
            raise NotNow(f"{actor.unit}有负责人，请送审签。")
        version = locked.latest()
        version.signed_at, version.unsigned_reason = now, reason
        version.save(update_fields=["signed_at", "unsigned_reason"])
        return ()

    return ACTION_PLANS.perform(
        "send_unsigned", action_plan, actor=actor, now=now, stamp=stamp, reason=reason
    )


def return_to_liaison(
    *, action_plan: ActionPlan, reason: str, actor: Actor, now: datetime
) -> ActionPlan:
    """退回联络员, before it leaves the unit."""
    return _return("return_to_liaison", action_plan, reason, actor, now)


def return_to_unit(
    *, action_plan: ActionPlan, reason: str, actor: Actor, now: datetime
) -> ActionPlan:
    """退回 by the office, with a reason."""
    return _return("return_to_unit", action_plan, reason, actor, now)


def _return(
    name: str, action_plan: ActionPlan, reason: str, actor: Actor, now: datetime
) -> ActionPlan:
    def stamp(locked: ActionPlan) -> Sequence[str]:
        version = _decided(locked.latest(), actor, now)
        version.return_reason = reason
        version.save(update_fields=["decided_at", "decided_by", "decided_by_name", "return_reason"])
        _next_version(version)
        return ()

    return ACTION_PLANS.perform(name, action_plan, actor=actor, now=now, stamp=stamp, reason=reason)


def accept(
    *,
    action_plan: ActionPlan,
    actor: Actor,
    now: datetime,
    seen: str = "",
    open_reason: str = "",
) -> ActionPlan:
    """通过: what it plans is in force from this day on. `open_reason`: why commitments that nothing
    measures may stay so; raises `NotNow` where there are some and nobody says why.
    """
    details: dict[str, Any] = {}

    def stamp(locked: ActionPlan) -> Sequence[str]:
        version = locked.latest()
        if seen and seen != version.stamp:
            raise NotNow(f"{locked}在您打开后有改动，请核对现在的内容。")
        _decided(version, actor, now)
        version.save(update_fields=["decided_at", "decided_by", "decided_by_name"])
        content = from_json(version.content)
        _leave_open(locked.task, content, open_reason, actor, now)
        details["content"] = [to_json(content_in_force(locked.task, now.date())), version.content]
        put_in_force(locked.task, content, actor=actor, now=now)
        locked.accepted_version = version
        return ("accepted_version",)

    return ACTION_PLANS.perform(
        "accept", action_plan, actor=actor, now=now, stamp=stamp, details=details
    )


def _leave_open(task: Task, content: Content, reason: str, actor: Actor, now: datetime) -> None:
    outline = Outline(task, now.date())
    found = [each for each in outline.promised_by(content.milestones) if each.is_undecided]
    if found and not reason:
        raise NotNow(OPEN.format(len(found), "；".join(each.text for each in found)))
    leave_open(task, [each.ordinal for each in found], reason=reason, actor=actor, now=now)


def revise(*, action_plan: ActionPlan, actor: Actor, now: datetime) -> ActionPlan:
    """修订: a new version to type in; the accepted one stays in force until this one is."""

    def stamp(locked: ActionPlan) -> Sequence[str]:
        version = _next_version(locked.latest())
        version.content = to_json(content_in_force(locked.task, now.date()))
        version.save(update_fields=["content"])
        return ()

    return ACTION_PLANS.perform("revise", action_plan, actor=actor, now=now, stamp=stamp)


def _decided(version: ActionPlanVersion, actor: Actor, now: datetime) -> ActionPlanVersion:
    version.decided_at, version.decided_by = now, actor.user
    version.decided_by_name = actor.name
    return version


def _next_version(version: ActionPlanVersion) -> ActionPlanVersion:
    """A copy to type in; signatures and decisions stay behind."""
    return ActionPlanVersion.objects.create(
        action_plan=version.action_plan,
        number=version.number + 1,
        content=version.content,
        edited_at=version.edited_at,
        edited_by=version.edited_by,
        edited_by_name=version.edited_by_name,
    )
