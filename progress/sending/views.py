"""送审签: what is complete is ticked and sent by one button."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from progress.evidence.receiving import one_checked_file
from progress.lifecycle.permissions import can_send_signed_sheet
from progress.periods.access import plan_or_404, report_or_404
from progress.sending import paper
from progress.sending.acts import Outcome, send_picked
from progress.sending.page import sending_of
from progress.telling.people import people_of
from units.actors import Actor
from units.errors import NotNow
from units.http import Request
from units.lists.tool import ids_of
from units.models import Role
from units.permissions import ALLOWED, Verdict, denied, require

PAPER = "paper"  # the button of 改为纸质审签
MOST = 100  # sheets at once


def _can_send(actor: Actor) -> Verdict:
    return ALLOWED if actor.is_reporter else denied("送审签由本单位联络员办理。")


@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: Request, slug: str) -> HttpResponse:
    """GET lists what is complete and what is missing; POST sends what was ticked, row by row."""
    plan = plan_or_404(request, slug)
    require(_can_send(request.actor))
    sending = sending_of(plan, request.actor, request.today)
    if request.method != "POST":
        unit = request.actor.unit
        assert unit is not None
        signers = people_of(unit, day=request.today, roles=[Role.SIGNER])
        context = {"plan": plan, "sending": sending, "signers": list(signers)}
        return render(request, "progress/sending/batch.html", context)
    picked = _picked(request)
    if not picked:
        messages.error(request, "请勾选要送审签的事项。")
        return redirect("progress:batch", slug)
    begun = [*sending.complete, *sending.lacking]
    outcomes = send_picked(begun, picked, actor=request.actor, now=request.now)
    sent = [pk for pk, each in zip(picked, outcomes, strict=True) if not each.problem]
    if sent:
        messages.success(request, f"已送审签{len(sent)}项。")
    _say_left(request, outcomes, "未送审签")
    if sent and PAPER in request.POST:
        response = redirect("reports:report_sheets", slug)
        response["Location"] += f"?report={','.join(map(str, sent))}"
        return response
    return redirect("reports:desk", slug) if sent else redirect("progress:batch", slug)


@require_POST
def sign_on_paper(request: Request, slug: str) -> HttpResponse:
    """The scan of all stamped sheets: every report named leaves with it."""
    plan = plan_or_404(request, slug)
    require(ALLOWED if request.actor.is_of_a_unit else denied("盖章报送单由报送单位上传。"))
    wanted = sorted(ids_of(request.POST, "report"))[:MOST]
    reports = [report_or_404(request, plan.slug, pk) for pk in wanted]
    for report in reports:
        require(can_send_signed_sheet(request.actor, report))
    if not reports:
        raise NotNow("请选择要报送的进展。")
    checked = one_checked_file(request)
    outcomes = paper.sign_on_paper(reports, checked=checked, actor=request.actor, now=request.now)
    if left := [each for each in outcomes if not each.problem]:
        messages.success(request, f"已凭盖章报送单报送督查室{len(left)}份。")
    _say_left(request, outcomes, "未报送")
    return redirect("reports:desk", slug)


def _say_left(request: Request, outcomes: Sequence[Outcome], word: str) -> None:
    for each in outcomes:
        if each.problem:
            messages.warning(request, f"{each.name}{word}：{each.problem}。")


def _picked(request: Request) -> dict[int, str]:
    """Report id → the stamp of the version that was read in the list."""
    picked = [one for one in request.POST.getlist("picked") if one.isascii() and one.isdecimal()]
    return {int(one): request.POST.get(f"seen-{one}", "-") for one in picked if len(one) < 12}
