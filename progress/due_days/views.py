"""工作日调整: what is affected, ticked and moved."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from progress.due_days import acts
from progress.due_days.affected import affected
from units.errors import NotNow
from units.http import Request
from units.permissions import can_run_the_year, require


@require_http_methods(["GET", "HEAD", "POST"])
def due_days(request: Request) -> HttpResponse:
    """The list with its tick boxes; carried out, it is empty."""
    require(can_run_the_year(request.actor))
    problem, chosen = "", set(request.POST.getlist("moved"))
    if request.method == "POST":
        try:
            moved, kept = acts.move(
                chosen=chosen,
                seen=request.POST.get("seen", ""),
                actor=request.actor,
                now=request.now,
            )
        except NotNow as reason:
            problem = str(reason)
        else:
            rest = f"，{kept}项保持不变" if kept else ""
            messages.success(request, f"已顺延{moved}项并通知有关单位{rest}。")
            return redirect("progress:due_days")
    found = affected(request.today)
    ticked = chosen if problem else {each.key for each in found if each.is_later}
    context = {
        "rows": [(each, each.key in ticked) for each in found],
        "seen": acts.fingerprint(found),
        "problem": problem,
    }
    return render(
        request, "progress/due_days/due_days.html", context, status=409 if problem else 200
    )
