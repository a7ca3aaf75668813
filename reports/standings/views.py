"""单位推进情况: the editions, one of them as a table, and the rows behind its numbers."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from progress.periods.access import plan_or_404
from reports.models import Standing
from reports.standings.acts import days_to_draft
from reports.standings.figures import counts_of
from reports.standings.forms import ApprovalForm, DayForm
from reports.standings.pages import (
    editions_of,
    line_of,
    may_open,
    present_weights,
    shown_facts,
    shown_items,
    table_page,
)
from reports.standings.workflow import can_edit_standings
from units.files.approval_files import scan_file
from units.http import Request
from units.pages.kept import kept
from units.permissions import require
from units.stamps.shown import FINALIZED, LIVE


def standing_or_404(request: Request, slug: str, pk: int) -> Standing:
    """The edition, inside what the actor may see; through the relation, so it knows its plan."""
    found = plan_or_404(request, slug).standings.visible_to(request.actor)
    return get_object_or_404(found.select_related("approval"), pk=pk)


@require_safe
@kept(FINALIZED, LIVE)
def standings(request: Request, slug: str) -> HttpResponse:
    """Every edition; the office drafts the next one here."""
    plan = plan_or_404(request, slug)
    is_office = request.actor.is_office
    context = {
        "plan": plan,
        "editions": editions_of(plan, request.actor),
        "weights": present_weights(plan, request.today),
        "form": DayForm(days=days_to_draft(plan)) if is_office else None,
    }
    return render(request, "reports/standings/standings.html", context)


@require_safe
@kept(FINALIZED, LIVE)
def standing(request: Request, slug: str, pk: int) -> HttpResponse:
    """The table; every number leads to its rows."""
    found = standing_or_404(request, slug, pk)
    context = table_page(found, request.actor)
    if "approve" in context["may"]:
        context["approve"] = ApprovalForm()
    return render(request, "reports/standings/standing.html", context)


@require_safe
@kept(FINALIZED, LIVE)
def standing_unit(request: Request, slug: str, pk: int, unit: int) -> HttpResponse:
    """What one unit's numbers count, row by row."""
    found = standing_or_404(request, slug, pk)
    line = line_of(found, unit) if may_open(request.actor, unit) else None
    if line is None:
        raise Http404
    context = {
        "plan": found.plan,
        "standing": found,
        "line": line,
        "of_group": sum(
            each["group"] == line["group"] and each["rank"] is not None
            for each in found.figures["units"]
        ),
        "counts": counts_of(line),
        "items": shown_items(found.plan, line, request.actor),
        "facts": shown_facts(found.plan, [line], request.actor)[0],
    }
    return render(request, "reports/standings/standing_unit.html", context)


@require_safe
def standing_scan(request: Request, slug: str, pk: int) -> HttpResponseBase:
    """The paper of the approval, for the office."""
    require(can_edit_standings(request.actor))
    return scan_file(request, standing_or_404(request, slug, pk).approval)
