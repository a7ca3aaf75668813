"""审签: what waits for the signature of the unit's head, one report at a time."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from progress.checking.compared import compared_texts
from progress.filing.reading_page import latest_page
from progress.periods.access import plan_or_404, plans_with, report_or_404
from progress.signing.batch import sign_picked
from progress.signing.queue import SigningRow, signed_lately, waiting_for, with_numbers
from tasks.models import Plan
from units.actors import Actor
from units.http import Request
from units.permissions import ALLOWED, Verdict, denied, require


def _can_sign_for_a_unit(actor: Actor) -> Verdict:
    return ALLOWED if actor.is_signer else denied("审签由本单位负责人办理。")


@require_safe
def signing(request: Request, slug: str) -> HttpResponse:
    """The first report that waits in any plan; when none does, what was signed lately."""
    plan = plan_or_404(request, slug)
    require(_can_sign_for_a_unit(request.actor))
    plans = plans_with(request, plan)
    queue = waiting_for(request.actor.unit, plans)
    if queue:
        first = queue[0].report
        return redirect("progress:signing_report", first.period.plan.slug, first.pk)
    signed = signed_lately(request.actor.unit, plans)
    return render(request, "progress/signing/signing_empty.html", {"plan": plan, "signed": signed})


@require_safe
def signing_report(request: Request, slug: str, pk: int) -> HttpResponse:
    """One report as it would leave the unit, beside the queue; what waits no more is only read."""
    require(_can_sign_for_a_unit(request.actor))
    plan = plan_or_404(request, slug)
    queue = waiting_for(request.actor.unit, plans_with(request, plan))
    row = next((row for row in queue if row.report.pk == pk and _is_of(plan, row)), None)
    if row is None:
        report = report_or_404(request, slug, pk)
        messages.info(request, f"{report}当前为“{report.get_state_display()}”，不待审签。")
        return redirect("progress:report", slug, pk)
    context = latest_page(row.report, row.versions, request.actor, request.today)
    context |= {"queue": queue, "texts": compared_texts(context["look"])}
    return render(request, "progress/signing/signing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def signing_batch(request: Request, slug: str) -> HttpResponse:
    """The whole list with texts and numbers; POST signs what was picked, row by row."""
    plan = plan_or_404(request, slug)
    require(_can_sign_for_a_unit(request.actor))
    queue = waiting_for(request.actor.unit, plans_with(request, plan))
    if request.method != "POST":
        return render(
            request,
            "progress/signing/signing_batch.html",
            {"plan": plan, "queue": with_numbers(queue)},
        )
    picked = _picked(request)
    if not picked:
        messages.error(request, "请勾选要审签的事项。")
        return redirect("progress:signing_batch", slug)
    rows = {row.report.pk: row for row in queue}
    outcomes = sign_picked(rows, picked, actor=request.actor, now=request.now)
    if signed := [each for each in outcomes if not each.problem]:
        messages.success(request, f"已审签并报送督查室{len(signed)}份。")
    for each in outcomes:
        if each.problem:
            messages.warning(request, f"{each.name}未审签：{each.problem}。")
    return redirect("progress:signing_batch", slug)


def _is_of(plan: Plan, row: SigningRow) -> bool:
    return row.report.period.plan_id == plan.pk


def _picked(request: Request) -> dict[int, str]:
    """Report id → the stamp of the version that was read in the list."""
    picked = [one for one in request.POST.getlist("picked") if one.isascii() and one.isdecimal()]
    return {int(one): request.POST.get(f"seen-{one}", "-") for one in picked if len(one) < 12}
