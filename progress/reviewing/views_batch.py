"""批量通过 of what was opened and has no findings."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from progress.lifecycle.held import carry_out_of
from progress.periods.access import plan_or_404, plans_with
from progress.reviewing.batch import accept_opened
from progress.reviewing.queue import queue_of
from progress.reviewing.views import OPENED, shelf_for
from units.http import Request
from units.permissions import can_run_the_year, require

MOST = 50
CHOOSE = "请先勾选已打开查看、没有提示的进展。"


@require_POST
def accept_batch(request: Request, slug: str) -> HttpResponse:
    """The same transition in a loop; what cannot be is told by name."""
    require(can_run_the_year(request.actor))
    plan = plan_or_404(request, slug)
    opened = request.session.get(OPENED, [])
    carry_out_of(request.actor, request.now)
    queue = queue_of(plans_with(request, plan), request.now)
    wanted = _wanted(request)
    accepted, refused = accept_opened(queue, wanted, opened, request.actor, request.now)
    if accepted:
        messages.success(request, f"已通过{accepted}份。")
    for sentence in refused:
        messages.warning(request, sentence)
    if not wanted:
        messages.error(request, CHOOSE)
    return redirect(reverse("progress:review", args=[slug]) + shelf_for(request, plan).suffix)


def _wanted(request: Request) -> list[int]:
    given = request.POST.getlist("report")
    return [int(each) for each in given if each.isdecimal() and len(each) < 19][:MOST]
