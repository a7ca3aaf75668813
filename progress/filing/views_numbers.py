"""本期数据一页填: every open number of the unit on one page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from progress.filing.numbers_page import blocks_of, save_all, troubles_of
from progress.periods.access import plan_or_404
from units.actors import Actor
from units.http import Request
from units.permissions import ALLOWED, Verdict, denied, require


def _can_fill(actor: Actor) -> Verdict:
    return ALLOWED if actor.is_reporter else denied("本期数据由各单位联络员填报。")


@require_http_methods(["GET", "HEAD", "POST"])
def numbers(request: Request, slug: str) -> HttpResponse:
    """GET shows, POST saves each report that was typed in."""
    plan = plan_or_404(request, slug)
    require(_can_fill(request.actor))
    if request.method != "POST":
        blocks = blocks_of(plan, request.actor, request.today)
        return render(request, "progress/filing/numbers.html", {"plan": plan, "blocks": blocks})
    changed, again = save_all(plan, request.actor, request.today, request.now, request.POST)
    if not again:
        said = f"已保存{changed}项的数据。" if changed else "没有改动需要保存。"
        messages.success(request, said)
        return redirect("progress:batch" if changed else "progress:numbers", slug)
    context = {"plan": plan, "blocks": again, "troubles": troubles_of(again)}
    return render(request, "progress/filing/numbers.html", context, status=409)
