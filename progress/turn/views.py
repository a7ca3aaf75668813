"""年度衔接 of a new year with the one before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress.periods.access import plan_or_404
from progress.turn import acts
from progress.turn.lines import kinds_of
from progress.turn.pairs import predecessor, turn_of
from tasks.models import Plan
from units.http import Request
from units.permissions import can_run_the_year, require

LONGEST = 12  # digits of an id
SHOWS = {"": "待确认", "confirmed": "已确认", "alone": "上年无对应", "new": "本年新增"}


def _plan(request: Request, slug: str) -> Plan:
    require(can_run_the_year(request.actor))
    return plan_or_404(request, slug)


@require_safe
def turn(request: Request, slug: str) -> HttpResponse:
    """`?show=` one group of items; 一并沿用 beside them."""
    plan = _plan(request, slug)
    earlier = predecessor(plan)
    context: dict[str, Any] = {"plan": plan, "earlier": earlier}
    if earlier is not None:
        found = turn_of(plan, earlier)
        show = request.GET.get("show", "")
        counts = [len(found.open), len(found.confirmed), len(found.alone), len(found.new)]
        context |= {
            "turn": found,
            "show": show if show in SHOWS else "",
            "shows": [
                (key, word, count) for (key, word), count in zip(SHOWS.items(), counts, strict=True)
            ],
            "kinds": kinds_of(plan, earlier, request.today),
            "before": earlier.tasks.order_by("kind", "number"),
        }
    return render(request, "progress/turn/turn.html", context)


@require_POST
def turn_confirm(request: Request, slug: str) -> HttpResponse:
    """确认 the pairs that are ticked."""
    plan = _plan(request, slug)
    chosen = {
        int(pk): int(of)
        for pk in request.POST.getlist("pair")
        if _is_id(pk) and _is_id(of := request.POST.get(f"before-{pk}", ""))
    }
    if not chosen:
        messages.error(request, "请勾选确认为同一项的事项。")
        return redirect("progress:turn", slug)
    count = acts.confirm(plan=plan, chosen=chosen, actor=request.actor, now=request.now)
    messages.success(request, f"已确认{count}对。")
    return redirect("progress:turn", slug)


@require_POST
def turn_take_back(request: Request, slug: str, pk: int) -> HttpResponse:
    """取消 of one pair."""
    plan = _plan(request, slug)
    task = get_object_or_404(plan.tasks, pk=pk)
    acts.take_back(task=task, actor=request.actor, now=request.now)
    messages.success(request, f"{task.code}已取消衔接。")
    return redirect("progress:turn", slug)


@require_POST
def turn_carry(request: Request, slug: str) -> HttpResponse:
    """沿用 the lines that are ticked."""
    plan, keys = _plan(request, slug), set(request.POST.getlist("line"))
    count = acts.carry(plan=plan, keys=keys, actor=request.actor, now=request.now)
    messages.success(request, f"已沿用{count}处，可以逐处更改。")
    return redirect("progress:turn", slug)


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= LONGEST
