"""What an address names, for whoever may see it: a plan with its periods, an item, a report."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from progress.models import Period, PeriodState, ProgressReport
from progress.periods.opening import catch_up, periods_to_read
from tasks.access import may_write_in
from tasks.models import Plan, PlanState, Task
from tasks.plan_names import PlanName, in_order
from units.actors import Actor
from units.asking.prepared import attach, prepared
from units.http import Request
from units.models import Appointment, Role, User
from units.permissions import require
from units.session.person import READING, stamps_of
from units.stamps.memory import by_stamp

SHARED = 32


def plans_of(actor: Actor) -> QuerySet[Plan]:
    """The plans the actor may see, with their periods."""
    return Plan.objects.visible_to(actor).prefetch_related(Prefetch("periods", periods_to_read()))


def plan_or_404(request: Request, slug: str) -> Plan:
    """The plan of this request, with everything opened that is due; the frame of the page finds it
    on the request.
    """
    plan = plan_of_address(request, slug)
    if plan is None:
        raise Http404("No plan of this address")
    require(may_write_in(plan, request))
    request.plan = plan
    return plan


def active_plans(request: Request) -> tuple[Plan, ...]:
    """Every plan that is being worked on, with its periods and everything opened that is due: what
    somebody owes is looked for in all of them. Those of the main series first, the newest first.
    """
    known: tuple[Plan, ...] | None = getattr(request, "active_plans", None)
    return _load(request, "").active if known is None else known


def plans_with(request: Request, plan: Plan) -> list[Plan]:
    """The plan of the address, then the others that are worked on."""
    return [plan, *(each for each in active_plans(request) if each.pk != plan.pk)]


def plan_names(request: Request) -> tuple[PlanName, ...]:
    """Every plan that the actor may see, in the same order."""
    known: tuple[PlanName, ...] | None = getattr(request, "plan_names", None)
    return _load(request, "").names if known is None else known


def start_plan(request: Request) -> Plan | None:
    """Where addresses begin that name no plan; the frame asks at every turn, the request knows.

    Whoever only reads starts in the newest of the main series that has a 定稿, also where that is
    archived: a new year has nothing to show before its first one, and a 专项 never takes its place.
    Everybody else starts in the newest that is being worked on.
    """
    if not hasattr(request, "start_plan"):
        request.start_plan = _start_plan(request)
    found: Plan | None = request.start_plan
    return found


def _start_plan(request: Request) -> Plan | None:
    if request.actor.is_reader and (found := _newest_finalized_of(request)) is not None:
        return found
    if active := active_plans(request):
        return active[0]
    return plans_of(request.actor).order_by("-is_main", "-year", "-pk").first()


def plan_of_address(request: Request, slug: str) -> Plan | None:
    """The plan with everything opened that is due, if there is one that the actor may see.

    Requests share what was found while neither plan nor day changed: then nothing can have been
    missed since. Each gets a copy; only who may write gets periods of its own.
    """
    return _load(request, slug).named


class Known(NamedTuple):
    """`named`: the plan of the address; `active`: all that are worked on, this one among them."""

    named: Plan | None
    active: tuple[Plan, ...]
    names: tuple[PlanName, ...]


def _load(request: Request, slug: str) -> Known:
    """Two queries, whatever the number of plans; none where a process knows them."""
    stamps = stamps_of(request)
    if stamps is None:
        known = _opened(request.actor, slug, request.today)
    else:
        known = _copied(_remembered(request.actor.role, slug, request.today, stamps.finalized))
        if request.method not in READING:
            _give_own_periods(plan for plan in (known.named, *known.active) if plan is not None)
    request.active_plans, request.plan_names = known.active, known.names
    return known


def _give_own_periods(plans: Iterable[Plan]) -> None:
    """Of copies that shared them: who may write changes rows of its own."""
    for plan in set(plans):
        periods = [copy.copy(period) for period in plan.periods.all()]
        plan._prefetched_objects_cache = {}  # type: ignore[attr-defined]  # the copy's own
        attach([plan], "periods", periods, "plan")


def _copied(known: Known) -> Known:
    active = tuple(copy.copy(plan) for plan in known.active)
    if known.named in active:
        return Known(active[active.index(known.named)], active, known.names)
    return Known(copy.copy(known.named), active, known.names)


def _opened(actor: Actor, slug: str, today: date) -> Known:
    plans = _plans(actor, slug)
    # a page that names no year only says which there are: it opens nothing
    missed = [catch_up(plan, today) for plan in plans if slug and _is_read(plan, slug)]
    if any(missed):
        plans = _plans(actor, slug)
    named = next((plan for plan in plans if plan.slug == slug), None)
    active = tuple(plan for plan in plans if plan.state == PlanState.ACTIVE)
    return Known(named, active, tuple(PlanName.of(plan) for plan in plans))


def _plans(actor: Actor, slug: str) -> list[Plan]:
    """All that the actor may see; the periods of those that are read."""
    read = periods_to_read().filter(Q(plan__state=PlanState.ACTIVE) | Q(plan__slug=slug))
    plans = Plan.objects.visible_to(actor).prefetch_related(Prefetch("periods", read))
    return in_order(plans)


def _is_read(plan: Plan, slug: str) -> bool:
    return plan.state == PlanState.ACTIVE or plan.slug == slug


@by_stamp(SHARED)
def _remembered(role: Role, slug: str, today: date, stamp: int) -> Known:
    return _opened(_anybody(role), slug, today)


def _newest_finalized_of(request: Request) -> Plan | None:
    stamps = stamps_of(request)
    if stamps is None:
        return _newest_finalized(request.actor)
    return copy.copy(_finalized_remembered(request.actor.role, stamps.finalized))


@by_stamp(SHARED)
def _finalized_remembered(role: Role, stamp: int) -> Plan | None:
    return _newest_finalized(_anybody(role))


def _newest_finalized(actor: Actor) -> Plan | None:
    finalized = Period.objects.filter(plan=OuterRef("pk"), state=PeriodState.FINALIZED)
    return plans_of(actor).filter(Exists(finalized), is_main=True).order_by("-year", "-pk").first()


def _anybody(role: Role) -> Actor:
    """Which plans are seen depends on the role alone."""
    return Actor(User(), Appointment(role=role))


def periods_of(plan: Plan) -> list[Period]:
    """All periods of the plan, in order; no query where the plan was loaded with them."""
    return list(plan.periods.all())


def newest_opened(plan: Plan, today: date) -> dict[str, Period]:
    """Cycle → its newest opened period."""
    opened = [p for p in periods_of(plan) if p.opens_on <= today and not p.is_before]
    return {period.cycle: period for period in opened}


def item_or_404(request: Request, slug: str, kind: str, number: int) -> Task:
    """The item of an address such as /2022/tasks/17/trail/, for whoever may see it."""
    plan = plan_or_404(request, slug)
    visible = plan.tasks.visible_to(request.actor)  # through the relation, so it knows its plan
    return get_object_or_404(visible, kind=kind, number=number)


def report_or_404(request: Request, slug: str, pk: int) -> ProgressReport:
    """The report, inside what the actor may see."""
    plan = plan_or_404(request, slug)
    found = _visible_report.first(request.actor, plan=plan.pk, pk=pk)
    if found is None:
        raise Http404
    found.knows(plan)
    return found


@prepared(plan=IntegerField(), pk=IntegerField())
def _visible_report(actor: Actor, plan: Any, pk: Any) -> QuerySet[ProgressReport]:
    reports = ProgressReport.objects.visible_to(actor).filter(period__plan=plan, pk=pk)
    return reports.select_related(
        "period", "responsibility__task", "responsibility__unit", "accepted_version"
    )
