"""The plan that an address names, and what of it an actor may open."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.db.models import IntegerField, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve

from tasks.closed_years import ARCHIVED, archived_years
from tasks.models import Plan, PlanState, Task
from tasks.plan_names import PlanName
from units.actors import Actor
from units.asking.prepared import prepared
from units.face.without_acts import without_acts
from units.http import Request
from units.permissions import ALLOWED, Verdict, can_run_the_year, denied, require
from units.session.person import READING
from units.stamps.shown import FINALIZED

# what may be asked of a year after its 归档: to be opened again, and to be taken out
AFTER_ARCHIVING = frozenset({"reports:plan_reopen", "reports:archive", "reports:export_cancel"})
# pages that only write: there is nothing to read on them, so an archived year has none of them
WRITING = frozenset(
    {
        "progress:adjustment_new",
        "progress:ask",
        "progress:batch",
        "progress:claim",
        "progress:ladder",
        "progress:matter_new",
        "progress:numbers",
        "progress:order_edit",
        "progress:order_new",
        "progress:project_photos",
        "progress:review_report",
        "progress:sheet",
        "progress:sheet_upload",
        "progress:signing_batch",
        "progress:urge",
        "reports:bulletin_edit",
        "reports:bulletin_refresh",
        "reports:standing_weights",
        "tasks:area_names",
        "tasks:item_new",
    }
)


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
    if plan.state != PlanState.ARCHIVED:
        return ALLOWED
    match = request.resolver_match
    name = match.view_name if match is not None else ""
    if name not in WRITING and (request.method in READING or name in AFTER_ARCHIVING):
        return ALLOWED
    return denied(ARCHIVED.format(plan=plan))


def closed_page(plan: Plan, path: str, html: str) -> str:
    """What a page of an archived year shows of itself: nothing that writes in that year."""

    def name_of(address: str) -> str | None:
        """The view of an address of this year; None of any other."""
        try:
            match = resolve(urlsplit(address or path).path)
        except Resolver404:
            return None
        return match.view_name if match.kwargs.get("slug") == plan.slug else None

    def writes(address: str) -> bool:
        name = name_of(address)
        return name is not None and name not in AFTER_ARCHIVING

    return without_acts(
        html, writes=writes, leads_to_writing=lambda address: name_of(address) in WRITING
    )


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
