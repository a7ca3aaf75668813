"""审签: what waits for the signature of the unit's head."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from progress.access import plan_or_404
from progress.models import ProgressReport, ReportState, ReportVersion
from units.http import Request
from units.permissions import ALLOWED, denied, require


@require_safe
def signing(request: Request, slug: str) -> HttpResponse:
    """The unit's reports that wait, the earliest deadline first; below, what was signed lately."""
    plan = plan_or_404(request, slug)
    require(ALLOWED if request.actor.is_signer else denied("审签由本单位负责人办理。"))
    own = ProgressReport.objects.visible_to(request.actor).of_unit(request.actor.unit)
    related = own.filter(period__plan=plan).select_related("period", "responsibility__task")
    waiting = list(related.filter(state=ReportState.SIGNING).order_by("due_on", "pk"))
    signed = ReportVersion.objects.filter(
        report__in=related, signed_at__isnull=False
    ).select_related("report__period", "report__responsibility__task")
    context = {
        "plan": plan,
        "waiting": [(report, report.latest()) for report in waiting],
        "signed": signed.order_by("-signed_at")[:10],
        "today": request.today,
    }
    return render(request, "progress/signing.html", context)
