"""The plan that an address names, and what of it an actor may open."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from tasks.models import Plan, Task
from units.http import Request
from units.permissions import can_run_the_year, require


def plan_or_404(request: Request, slug: str) -> Plan:
    """The plan of this request; the frame of the page finds it there, with its periods."""
    plans = Plan.objects.visible_to(request.actor).prefetch_related("periods")
    plan: Plan = get_object_or_404(plans, slug=slug)
    request.plan = plan
    return plan


def office_plan(request: Request, slug: str) -> Plan:
    """The same for pages of the office only: 403 for everybody else."""
    require(can_run_the_year(request.actor))
    return plan_or_404(request, slug)


def task_or_404(request: Request, slug: str, pk: int) -> Task:
    """An item of the plan that the actor may see."""
    plan = plan_or_404(request, slug)
    tasks = Task.objects.visible_to(request.actor).filter(plan=plan)
    return get_object_or_404(tasks.select_related("plan", "approval"), pk=pk)
