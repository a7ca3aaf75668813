"""What the page of a 办理方案 shows, for whoever opens it."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from tasks.action_plans.acceptance import content_in_force
from tasks.action_plans.checks import objections
from tasks.action_plans.content import from_json
from tasks.action_plans.drafting import EDITABLE, action_plan_of
from tasks.action_plans.form import ActionPlanForm
from tasks.action_plans.outline import Outline
from tasks.action_plans.permissions import can_see_drafts, can_write
from tasks.action_plans.workflow import ACTION_PLANS
from tasks.models import ActionPlan, ActionPlanVersion, Task
from units.actors import Actor
from units.http import Request


def page_of(request: Request, task: Task, data: QueryDict | None = None) -> dict[str, Any]:
    """Context of the page; `data` is what was posted and could not be saved.

    The primary and the office see the version that is worked on, others the accepted one.
    """
    action_plan = _plan_for(request, task)
    outline = Outline(task, request.today)
    version = _version_for(action_plan, request.actor)
    shown = from_json(version.content) if version is not None else from_json({})
    in_force = action_plan.accepted_version if action_plan is not None else None
    before = content_in_force(task, request.today) if in_force and version != in_force else None
    form = ActionPlanForm(outline, shown, data, before)
    sees_drafts = action_plan is not None and bool(can_see_drafts(request.actor, action_plan))
    is_editable = _is_editable(action_plan, request.actor)
    return {
        "plan": task.plan,
        "task": task,
        "action_plan": action_plan,
        "version": version,
        "outline": outline,
        "form": form,
        "unit": task.primary_unit,
        "is_editable": is_editable,
        "sees_drafts": sees_drafts,
        "promised": form.promised if version is not None else outline.promised_by(()),
        "undecided": [each for each in form.promised if each.is_undecided],
        "open_points": objections(outline, shown) if is_editable and data is None else [],
        "may": _may(action_plan, request.actor),
        "versions": _versions(action_plan, request.actor),
        "returned": _returned(action_plan, version, request.actor),
    }


def _plan_for(request: Request, task: Task) -> ActionPlan | None:
    """Made on the first visit of who writes it; a visit of others makes nothing."""
    found = ActionPlan.objects.filter(task=task).select_related("accepted_version").first()
    if found is None and can_write(request.actor, ActionPlan(task=task)):
        return action_plan_of(task, request.today)
    if found is not None:
        found.task = task
    return found


def _version_for(action_plan: ActionPlan | None, actor: Actor) -> ActionPlanVersion | None:
    if action_plan is None:
        return None
    if can_see_drafts(actor, action_plan):
        return action_plan.latest()
    return action_plan.accepted_version


def _is_editable(action_plan: ActionPlan | None, actor: Actor) -> bool:
    if action_plan is None or action_plan.state not in EDITABLE:
        return False
    return bool(can_write(actor, action_plan))


def _may(action_plan: ActionPlan | None, actor: Actor) -> dict[str, Any]:
    if action_plan is None:
        return {}
    return {each.name: each for each in ACTION_PLANS.available(action_plan, actor)}


def _versions(action_plan: ActionPlan | None, actor: Actor) -> list[ActionPlanVersion]:
    """Earlier versions with what became of them, the newest first."""
    if action_plan is None or not can_see_drafts(actor, action_plan):
        return []
    return list(action_plan.versions.filter(decided_at__isnull=False).order_by("-number"))


def _returned(
    action_plan: ActionPlan | None, version: ActionPlanVersion | None, actor: Actor
) -> ActionPlanVersion | None:
    """The version before, where it came back, while this one is being reworked."""
    if action_plan is None or version is None or action_plan.state != "returned":
        return None
    if not can_see_drafts(actor, action_plan):
        return None
    return action_plan.versions.filter(number=version.number - 1).first()
