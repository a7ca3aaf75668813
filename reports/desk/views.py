"""我的工作台, the start page of liaisons and heads of units."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404, plans_with
from reports.desk.faces import Faces
from reports.desk.page import desk_of, filing_heading
from reports.desk.waiting import waiting_at
from tasks.plan_names import chips_of
from units.http import Request
from units.permissions import ALLOWED, denied, require


@require_safe
def desk(request: Request, slug: str) -> HttpResponse:
    """What is owed by urgency in every plan that is worked on; `?kind=` shows one kind of it,
    `?plan=` one plan. The rest is of the plan of the address.
    """
    plan = plan_or_404(request, slug)
    of_a_unit = request.actor.is_of_a_unit
    require(ALLOWED if of_a_unit else denied("我的工作台供各单位联络员和负责人使用。"))
    plans = plans_with(request, plan)
    page, faces = desk_of(plans, request.actor, request.today), Faces(plans, request.actor)
    kind, year = request.GET.get("kind", ""), request.GET.get("plan", "")
    wanted = {each.pk for each in plans if year in ("", each.slug)}
    shown = [item for item in page.todo if item.report.period.plan_id in wanted]
    context = {
        "plan": plan,
        "desk": page,
        "kind": kind,
        "year": year,
        "chips": chips_of(plans),
        "waiting": waiting_at(plans, request.actor, request.today),
        "shown": faces.todo(item for item in shown if not kind or item.kind == kind),
        "own": faces.own(page),
        "supports": faces.supports(page.supports),
        "filing_heading": filing_heading([own.row for own in page.own]),
    }
    if request.actor.is_signer:
        request.waiting = {"progress:signing": page.signing}
    return render(request, "reports/desk/desk.html", context)
