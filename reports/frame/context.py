"""The frame of every page: menu, search, bell, 当前身份 and the 年度标尺. A handful of queries.

Shapes are described in `templates/base.html` and `templates/_strip.html`.
"""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from progress.periods.access import active_plans, plan_names, plan_of_address, start_plan
from reports.frame.nav import has_menu
from reports.frame.strip import strip_of
from reports.frame.years import years_of
from tasks.models import Plan, PlanState, Task, TaskKind
from units.actors import Actor
from units.city.names import city
from units.first_run.keys import is_empty
from units.http import Request


def shell(request: HttpRequest) -> dict[str, Any]:
    """For every template. Works before anybody is known, without a plan, and on error pages.

    What is a person's own stands in `reports.frame.personal`.
    """
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        facts = _plan_facts(request)
        is_first = facts is None and _is_entrance(request) and is_empty()
        return {"site": SimpleLazyObject(city), "plan_facts": facts, "is_first_run": is_first}
    if getattr(request, "is_held", False):  # there is only one page to go to
        return {"site": SimpleLazyObject(city)}
    plan = current_plan(request, actor)
    context = {
        "site": SimpleLazyObject(city),
        "has_menu": has_menu(actor, plan),
        "home_url": reverse("reports:home"),
        "business_date": settings.BUSINESS_DATE,
    }
    today = cast(Request, request).today
    strip = strip_of(plan, actor, today, settings.BUSINESS_DATE)
    if plan is None:  # nothing to say, unless the day is moved
        return context | {"strip": strip if settings.BUSINESS_DATE else None}
    asked = cast(Request, request)
    years = years_of(asked, plan, plan_names(asked), active_plans(asked))
    return context | {
        "plan": plan,
        "plan_source": plan.document_number,
        "strip": strip,
        "years": years,
    }


def current_plan(request: HttpRequest, actor: Actor) -> Plan | None:
    """The plan in the address, else where the actor starts."""
    known: Plan | None = getattr(request, "plan", None)
    if known is not None:
        return known
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match is not None else None
    if slug:
        return plan_of_address(cast(Request, request), slug)
    return start_plan(cast(Request, request))


def _is_entrance(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name in ("units:login", "units:factor")


def _plan_facts(request: HttpRequest) -> dict[str, Any] | None:
    """What the login page says of the year; error pages before login ask nothing."""
    if not _is_entrance(request):
        return None
    active = Plan.objects.filter(state=PlanState.ACTIVE)
    plan = active.order_by("-is_main", "-year", "-pk").first()
    if plan is None:
        return None
    tasks = Task.objects.filter(plan=plan)
    return {
        "document_number": plan.document_number,
        "key_tasks": tasks.filter(kind=TaskKind.KEY_TASK).count(),
        "areas": plan.areas.count(),
        "projects": tasks.filter(kind=TaskKind.PRACTICAL_PROJECT).count(),
    }
