"""督查室: the office's home, and the page behind each word of its second bar."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from progress.models.urges import BY_HAND
from progress.periods.access import periods_of, plan_names, plan_or_404, plans_with
from progress.starting.left_open import count_left_open
from reports.frame.bar import counts_of
from reports.frame.office_words import BY_SLUG
from reports.today.page import today_page
from reports.today.words import shown
from tasks.plan_names import chips_of
from units.calendar.workdays import missing_year
from units.http import Request
from units.pages.kept import kept
from units.permissions import can_run_the_year, require
from units.stamps.shown import FINALIZED, LIVE


@require_safe
@kept(FINALIZED, LIVE)
def office(request: Request, slug: str) -> HttpResponse:
    """What must be done now; `all` shows one panel whole."""
    require(can_run_the_year(request.actor))
    plan = plan_or_404(request, slug)
    if "heat" in request.GET:  # where it stood before
        return redirect("reports:figures", slug)
    plans = plans_with(request, plan)
    chips = chips_of(plans)
    page = today_page(plans, chips, request.now)
    counts = counts_of(request, plan)
    request.is_partial = page.has_failed
    panels = {panel.key: panel for panel in page.panels}
    context = {
        "plan": plan,
        "page": page,
        "whole": panels.get(request.GET.get("all", "")),
        "chips": chips,
        "counts": counts,
        "left_open": count_left_open(plan, request.today),
        "missing_year": missing_year(request.today),
        "channels": [(each.value, each.label) for each in BY_HAND],
        "lacks_main": not any(
            each.is_main and each.year == plan.year for each in plan_names(request)
        ),
    }
    return render(request, "reports/today/office.html", context)


@require_safe
def office_word(request: Request, slug: str, word: str) -> HttpResponse:
    """One row for each function behind a word: name, one sentence, what waits, the next date."""
    require(can_run_the_year(request.actor))
    plan = plan_or_404(request, slug)
    if word not in BY_SLUG:
        raise Http404
    counts = counts_of(request, plan)
    rows = shown(BY_SLUG[word], plan, periods_of(plan), counts, request.today)
    context = {"plan": plan, "word": BY_SLUG[word], "rows": rows, "review": counts["review"]}
    return render(request, "reports/today/word.html", context)
