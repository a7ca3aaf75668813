"""单位主页."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from reports.desk.unit_page import unit_page
from reports.stats.facts import BEHIND
from units.actors import Actor
from units.http import Request
from units.models import Unit
from units.permissions import ALLOWED, Verdict, denied, require


def can_read_units(actor: Actor) -> Verdict:
    """The office and whoever reads: all; a unit: its own."""
    if actor.is_office or actor.is_reader or actor.is_of_a_unit:
        return ALLOWED
    return denied("单位主页供督查室、市领导和本单位查阅。")


def shows_notes(actor: Actor, kind: str) -> bool:
    """Why a report was sent back is between the office and the unit."""
    return kind == BEHIND or not actor.is_reader


@require_safe
def unit(request: Request, slug: str, pk: int) -> HttpResponse:
    """One unit in the year."""
    require(can_read_units(request.actor))
    plan = plan_or_404(request, slug)
    if request.actor.is_of_a_unit and request.actor.unit_id != pk:
        raise Http404
    found = get_object_or_404(Unit, pk=pk)
    page = unit_page(plan, found, request.actor, request.now)
    context = {
        "plan": plan,
        "page": page,
        "facts": [(each, shows_notes(request.actor, each.kind)) for each in page.facts],
    }
    return render(request, "reports/desk/unit.html", context)
