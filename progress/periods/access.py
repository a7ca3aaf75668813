"""What an address names, for whoever may see it: a plan with its periods, an item, a report."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from progress.models import Period, ProgressReport
from progress.periods.opening import catch_up, periods_to_read
from tasks.models import Plan, Task
from units.actors import Actor
from units.http import Request


def plans_of(actor: Actor) -> QuerySet[Plan]:
    """The plans the actor may see, with their periods."""
    return Plan.objects.visible_to(actor).prefetch_related(Prefetch("periods", periods_to_read()))


def plan_or_404(request: Request, slug: str) -> Plan:
    """The plan of this request, with everything opened that is due; the frame of the page finds it
    on the request.
    """
    plan = get_object_or_404(plans_of(request.actor), slug=slug)
    if catch_up(plan, request.today):
        plan = plans_of(request.actor).get(pk=plan.pk)
    request.plan = plan
    return plan


def periods_of(plan: Plan) -> list[Period]:
    """All periods of the plan, in order; no query where the plan was loaded with them."""
    return list(plan.periods.all())


def newest_opened(plan: Plan, today: date) -> dict[str, Period]:
    """Cycle → its newest opened period."""
    opened = [period for period in periods_of(plan) if period.opens_on <= today]
    return {period.cycle: period for period in opened}


def item_or_404(request: Request, slug: str, kind: str, number: int) -> Task:
    """The item of an address such as /2022/tasks/17/trail/, for whoever may see it."""
    plan = plan_or_404(request, slug)
    visible = plan.tasks.visible_to(request.actor)  # through the relation, so it knows its plan
    return get_object_or_404(visible, kind=kind, number=number)


def report_or_404(request: Request, slug: str, pk: int) -> ProgressReport:
    """The report, inside what the actor may see."""
    plan = plan_or_404(request, slug)
    reports = ProgressReport.objects.visible_to(request.actor).filter(period__plan=plan)
    related = reports.select_related(
        "period__plan", "responsibility__task__plan", "responsibility__unit", "accepted_version"
    )
    return get_object_or_404(related, pk=pk)
