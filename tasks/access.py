"""The plan that an address names, and what of it an actor may open."""

from __future__ import annotations

from typing import Any

from django.db.models import IntegerField, QuerySet
from django.shortcuts import get_object_or_404

from tasks.closed_years import ARCHIVED, archived_years
from tasks.models import Plan, PlanState, Task
from tasks.plan_names import PlanName
from units.actors import Actor
from units.asking.prepared import prepared
from units.http import Request
from units.permissions import ALLOWED, Verdict, can_run_the_year, denied, require
from units.session.person import READING
from units.stamps.shown import FINALIZED

# what may be asked of a year after its 归档: to be opened again, and to be taken out
AFTER_ARCHIVING = frozenset({"reports:plan_reopen", "reports:archive", "reports:export_cancel"})


def plan_or_404(request: Request, slug: str) -> Plan:
    """The plan of this request; the frame of the page finds it there, with its periods."""
    plans = Plan.objects.visible_to(request.actor).prefetch_related("periods")
    plan: Plan = get_object_or_404(plans, slug=slug)
    require(may_write_in(plan, request))
    request.plan = plan
    return plan


def may_write_in(plan: Plan, request: Request) -> Verdict:
    """Where a page of an archived year refuses: whatever is written in a year is posted to its
    address, and every address of a year is opened by this door, that of
    `progress.periods.access`, or for files that of `progress.evidence.access`. What is done
    without a page is refused by `tasks.closed_years`.
    """
    if request.method not in READING:
        archived_years()  # the acts of this request ask without a query
    match = request.resolver_match
    if plan.state != PlanState.ARCHIVED or request.method in READING:
        return ALLOWED
    if match is not None and match.view_name in AFTER_ARCHIVING:
        return ALLOWED
    return denied(ARCHIVED.format(plan=plan))


def office_plan(request: Request, slug: str) -> Plan:
    """The same for pages of the office only: 403 for everybody else."""
    require(can_run_the_year(request.actor))
    return plan_or_404(request, slug)


def task_or_404(request: Request, slug: str, pk: int) -> Task:
    """An item of the plan that the actor may see."""
    plan = plan_or_404(request, slug)
    tasks = Task.objects.visible_to(request.actor).filter(plan=plan)
    return get_object_or_404(tasks.select_related("plan", "approval"), pk=pk)


def seen_ids(plan: Plan | PlanName, actor: Actor) -> list[int]:
    """The items of the plan that the actor may see, in the order of the notice."""
    return _seen(actor, plan=plan.pk)


@prepared(FINALIZED, plan=IntegerField())
def _seen(actor: Actor, plan: Any) -> QuerySet[Task, int]:
    tasks = Task.objects.visible_to(actor).filter(plan=plan)
    return tasks.order_by("kind", "number").values_list("pk", flat=True)
