"""提醒规则: what is told when and to whom; the office changes it from the next day on."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from progress.periods.access import plan_or_404
from progress.reminding.forms import formset_of, ladder_from
from progress.reminding.ladder import BASES, DEFAULTS, LABELS
from progress.reminding.ladders import ladders_of
from progress.reminding.rules import ONE_DAY, ROLE_WORDS, set_ladder, words_of
from units.errors import NotNow
from units.http import Request
from units.permissions import can_run_the_year, require


@require_safe
def ladders(request: Request, slug: str) -> HttpResponse:
    """Every ladder as it holds from tomorrow on."""
    require(can_run_the_year(request.actor))
    plan = plan_or_404(request, slug)
    rows = [
        {
            "kind": kind,
            "label": LABELS[kind],
            "rungs": [
                (words_of(kind, rung.offset), "、".join(ROLE_WORDS[role] for role in rung.tells))
                for rung in ladder
            ],
        }
        for kind, ladder in ladders_of(plan, request.today + ONE_DAY).items()
    ]
    return render(request, "progress/reminding/ladders.html", {"plan": plan, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def ladder(request: Request, slug: str, kind: str) -> HttpResponse:
    """Change one."""
    require(can_run_the_year(request.actor))
    plan = plan_or_404(request, slug)
    if kind not in DEFAULTS:
        raise Http404
    held = ladders_of(plan, request.today + ONE_DAY)[kind]
    formset = formset_of(kind, held, request.POST if request.method == "POST" else None)
    context = {
        "plan": plan,
        "kind": kind,
        "label": LABELS[kind],
        "base": BASES[kind],
        "formset": formset,
    }
    if request.method == "POST" and formset.is_valid():
        try:
            chosen = ladder_from(formset)
            set_ladder(plan=plan, kind=kind, ladder=chosen, actor=request.actor, now=request.now)
        except NotNow as problem:
            context["problem"] = str(problem)
        else:
            messages.success(request, f"{LABELS[kind]}的提醒已保存，自明日起执行。")
            return redirect("progress:ladders", slug)
    status = 409 if request.method == "POST" else 200
    return render(request, "progress/reminding/ladder.html", context, status=status)
