"""审签: what waits for the signature of the unit's head, one report at a time."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from progress.access import plan_or_404
from progress.compared import compared_texts
from progress.reading_page import reading_page
from progress.signing_queue import signed_lately, waiting_for
from progress.views.report import report_or_404
from units.actors import Actor
from units.http import Request
from units.permissions import ALLOWED, Verdict, denied, require


def _can_sign_for_a_unit(actor: Actor) -> Verdict:
    return ALLOWED if actor.is_signer else denied("审签由本单位负责人办理。")


@require_safe
def signing(request: Request, slug: str) -> HttpResponse:
    """The first report that waits; when none does, what was signed lately."""
    plan = plan_or_404(request, slug)
    require(_can_sign_for_a_unit(request.actor))
    queue = waiting_for(request.actor.unit, plan)
    if queue:
        return redirect("progress:signing_report", slug, queue[0].report.pk)
    signed = signed_lately(request.actor.unit, plan)
    return render(request, "progress/signing_empty.html", {"plan": plan, "signed": signed})


@require_safe
def signing_report(request: Request, slug: str, pk: int) -> HttpResponse:
    """One report as it would leave the unit, beside the queue; what waits no more is only read."""
    require(_can_sign_for_a_unit(request.actor))
    queue = waiting_for(request.actor.unit, plan_or_404(request, slug))
    row = next((row for row in queue if row.report.pk == pk), None)
    if row is None:
        report = report_or_404(request, slug, pk)
        messages.info(request, f"{report}当前为“{report.get_state_display()}”，不待审签。")
        return redirect("progress:report", slug, pk)
    context = reading_page(row.report, request.actor, request.today, row.versions)
    context |= {"queue": queue, "texts": compared_texts(context["look"])}
    return render(request, "progress/signing.html", context)
