"""送审签: what is complete is ticked and sent by one button."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from progress.periods.access import plan_or_404
from progress.sending.acts import send_picked
from progress.sending.page import sending_of
from progress.telling.people import people_of
from units.actors import Actor
from units.http import Request
from units.models import Role
from units.permissions import ALLOWED, Verdict, denied, require


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
    if sent := [each for each in outcomes if not each.problem]:
        messages.success(request, f"已送审签{len(sent)}项。")
    for each in outcomes:
        if each.problem:
            messages.warning(request, f"{each.name}未送审签：{each.problem}。")
    return redirect("reports:desk", slug) if sent else redirect("progress:batch", slug)


def _picked(request: Request) -> dict[int, str]:
    """Report id → the stamp of the version that was read in the list."""
    picked = [one for one in request.POST.getlist("picked") if one.isascii() and one.isdecimal()]
    return {int(one): request.POST.get(f"seen-{one}", "-") for one in picked if len(one) < 12}
