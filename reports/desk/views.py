"""我的工作台, the start page of liaisons and heads of units."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.models import SupportRequest
from progress.periods.access import plan_or_404
from reports.desk.open_action_plans import open_action_plans
from reports.desk.open_matters import open_matters
from reports.desk.page import desk_of
from reports.ledger.rows import filing_heading
from units.http import Request
from units.permissions import ALLOWED, denied, require


@require_safe
def desk(request: Request, slug: str) -> HttpResponse:
    """What is owed by urgency; `?kind=` shows one kind of it."""
    plan = plan_or_404(request, slug)
    of_a_unit = request.actor.is_of_a_unit
    require(ALLOWED if of_a_unit else denied("我的工作台供各单位联络员和负责人使用。"))
    page = desk_of(plan, request.actor, request.today)
    kind = request.GET.get("kind", "")
    context = {
        "plan": plan,
        "desk": page,
        "kind": kind,
        "matters": open_matters(plan, request.actor, request.today),
        "action_plans": open_action_plans(plan, request.actor, request.today),
        "shown": [item for item in page.todo if not kind or item.kind == kind],
        "asked": SupportRequest.objects.of_plan(plan).waiting_at(request.actor.unit),
        "filing_heading": filing_heading([own.row for own in page.own]),
    }
    return render(request, "reports/desk/desk.html", context)
