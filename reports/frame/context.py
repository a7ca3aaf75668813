"""The frame of every page: menu, search, bell, 当前身份 and the 年度标尺. A handful of queries.

Shapes are described in `templates/base.html` and `templates/_strip.html`.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from progress.models import Reminder
from progress.periods.access import plans_of
from reports.frame.nav import nav_of
from reports.frame.strip import strip_of
from tasks.models import Plan, PlanState, Task, TaskKind
from units.actors import Actor


def shell(request: HttpRequest) -> dict[str, Any]:
    """For every template. Works before anybody is known, without a plan, and on error pages."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"site": settings.OFFICE_NAMES, "plan_facts": _plan_facts(request)}
    if actor.user.must_change_password:  # there is only one page to go to
        return {"site": settings.OFFICE_NAMES}
    plan = current_plan(request, actor)
    context = {
        "site": settings.OFFICE_NAMES,
        "nav": nav_of(request, actor, plan),
        "home_url": reverse("reports:home"),
        "unread_count": Reminder.objects.in_bell_of(actor.user).filter(read_at=None).count(),
        "appointments": _others(request, actor),
        "business_date": settings.BUSINESS_DATE,
    }
    strip = strip_of(plan, actor, request.today, settings.BUSINESS_DATE)  # type: ignore[attr-defined]
    if plan is None:  # nothing to say, unless the day is moved
        return context | {"strip": strip if settings.BUSINESS_DATE else None}
    return context | {
        "plan": plan,
        "plan_source": plan.document_number,
        "search_url": reverse("reports:search", args=[plan.slug]),
        "strip": strip,
    }


def current_plan(request: HttpRequest, actor: Actor) -> Plan | None:
    """The plan in the address, else the newest active one, else the newest there is to see."""
    known: Plan | None = getattr(request, "plan", None)
    if known is not None:
        return known
    plans = plans_of(actor)
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match is not None else None
    if slug:
        return plans.filter(slug=slug).first()
    return plans.filter(state=PlanState.ACTIVE).first() or plans.first()


def _others(request: HttpRequest, actor: Actor) -> list[Any]:
    own = request.appointments  # type: ignore[attr-defined]
    return [appointment for appointment in own if appointment.pk != actor.appointment.pk]


def _plan_facts(request: HttpRequest) -> dict[str, Any] | None:
    """What the login page says of the year; error pages before login ask nothing."""
    match = request.resolver_match
    if match is None or match.view_name != "units:login":
        return None
    plan = Plan.objects.filter(state=PlanState.ACTIVE).first()
    if plan is None:
        return None
    tasks = Task.objects.filter(plan=plan)
    return {
        "document_number": plan.document_number,
        "key_tasks": tasks.filter(kind=TaskKind.KEY_TASK).count(),
        "areas": plan.areas.count(),
        "projects": tasks.filter(kind=TaskKind.PRACTICAL_PROJECT).count(),
    }
