"""单位主页."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from reports.desk.unit_faces import fact_faces, item_faces, numbers_faces
from reports.desk.unit_page import unit_page
from reports.stats.facts import BEHIND
from tasks.item_address import item_pages
from units.actors import Actor
from units.city.words import said
from units.http import Request
from units.models import Unit
from units.pages.kept import kept
from units.permissions import ALLOWED, Verdict, denied, require
from units.renaming.names import every_name
from units.stamps.shown import FINALIZED, LIVE


def can_read_units(actor: Actor) -> Verdict:
    """The office and whoever reads: all; a unit: its own."""
    if actor.is_office or actor.is_reader or actor.is_of_a_unit:
        return ALLOWED
    return denied(said("单位主页供督查室、市领导和本单位查阅。"))


def shows_notes(actor: Actor, kind: str) -> bool:
    """Why a report was sent back is between the office and the unit."""
    return kind == BEHIND or not actor.is_reader


@require_safe
@kept(FINALIZED, LIVE)
def unit(request: Request, slug: str, pk: int) -> HttpResponse:
    """One unit in the year."""
    require(can_read_units(request.actor))
    plan = plan_or_404(request, slug)
    if request.actor.is_of_a_unit and request.actor.unit_id != pk:
        raise Http404
    own = request.actor.unit
    found = own if own is not None and own.pk == pk else get_object_or_404(Unit, pk=pk)
    page, pages = unit_page(plan, found, request.actor, request.now), item_pages(slug)
    context = {
        "plan": plan,
        "page": page,
        "names": every_name().get(found.pk, ()),
        "roles": [(word, item_faces(items, pages)) for word, items in page.roles],
        "facts": [
            (each, fact_faces(each, pages, has_notes=shows_notes(request.actor, each.kind)))
            for each in page.facts
        ],
        "numbers": numbers_faces(page.numbers, pages),
    }
    return render(request, "reports/desk/unit.html", context)
