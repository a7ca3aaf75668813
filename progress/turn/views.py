"""年度衔接 of a new year with the one before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from progress.models import TurnAnswerKind
from progress.periods.access import plan_or_404
from progress.turn import acts
from progress.turn.chosen import called, meant
from progress.turn.lines import kinds_of
from progress.turn.pairs import OpenRow, predecessor, turn_of
from progress.turn.taken import taken_over
from tasks.models import Plan, Task
from units.errors import NotNow
from units.http import Request
from units.permissions import can_run_the_year, require

MOST_ROWS = 30  # on a page, unless all are asked for
LONGEST = 12  # digits of an id
SHOWS = {
    "": "待确认",
    "carry": "拟结转",
    "confirmed": "已确认",
    "alone": "上年无对应",
    "new": "本年新增",
}


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
        rows = found.to_carry if show == "carry" else found.open
        most = len(rows) if "all" in request.GET else MOST_ROWS
        listed = [found.open, found.to_carry, found.confirmed, found.alone, found.new]
        context |= {
            "turn": found,
            "show": show if show in SHOWS else "",
            "shows": [
                (key, word, len(rows))
                for (key, word), rows in zip(SHOWS.items(), listed, strict=True)
            ],
            "rows": _with_next(rows[:most]),
            "more": len(rows[most:]),
            "kinds": kinds_of(plan, earlier, request.today),
            "taken": taken_over(plan, earlier.year),
            "choices": [called(each) for each in plan.tasks.filter(carried_from=None)],
            "apart": list(found.apart),
        }
    return render(request, "progress/turn/turn.html", context)


def _with_next(rows: Sequence[OpenRow]) -> list[tuple[OpenRow, int | str]]:
    """Each with the item to go to when it has been answered."""
    pks: list[int | str] = [each.task.pk for each in rows]
    return list(zip(rows, [*pks, ""][1:], strict=True))


@require_POST
def turn_confirm(request: Request, slug: str) -> HttpResponse:
    """确认 the pairs that were shown: of one row, or 文字相同的 all at once."""
    plan = _plan(request, slug)
    chosen = {
        int(pk): int(of)
        for pk in request.POST.getlist("pair")
        if _is_id(pk) and _is_id(of := request.POST.get(f"before-{pk}", ""))
    }
    if not chosen:
        messages.error(request, "请选择确认为同一项的事项。")
        return _back(request, slug)
    count = acts.confirm(plan=plan, chosen=chosen, actor=request.actor, now=request.now)
    messages.success(request, f"已确认{count}对。")
    return _back(request, slug)


@require_POST
def turn_answer(request: Request, slug: str, pk: int) -> HttpResponse:
    """What is said of one item of the year before: the same as the one chosen, as none of those
    shown, 继续跟踪 or 不再列入.
    """
    plan = _plan(request, slug)
    old = get_object_or_404(
        Task.objects.filter(plan=predecessor(plan)).select_related("plan"), pk=pk
    )
    answer = request.POST.get("answer", "")
    given: dict[str, Any] = {"actor": request.actor, "now": request.now}
    try:
        if answer in ("same", "other"):
            new = _chosen(request, plan, is_typed=answer == "other")
            acts.confirm(plan=plan, chosen={new.pk: old.pk}, **given)
            messages.success(request, f"{old.code}由{plan.year}年{new.code}承接。")
        elif answer in TurnAnswerKind.values:
            news = [int(each) for each in request.POST.getlist("shown") if _is_id(each)]
            acts.say(plan=plan, old=old, kind=answer, news=news, **given)
            messages.success(request, f"{old.code}：{TurnAnswerKind(answer).label}。")
        else:
            messages.error(request, "请选择一个答复。")
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return _back(request, slug)


def _chosen(request: Request, plan: Plan, *, is_typed: bool) -> Task:
    """The item of the new year that was pressed, or that is meant by what was typed."""
    if is_typed:
        return meant(request.POST.get("other", ""), plan.tasks.filter(carried_from=None))
    pressed = request.POST.get("new", "")
    found = plan.tasks.filter(pk=pressed).first() if _is_id(pressed) else None
    if found is None:
        raise NotNow("请先选择是哪一项。")
    return found


@require_POST
def turn_take_back(request: Request, slug: str, pk: int) -> HttpResponse:
    """取消 of one pair, or of what was said of an item of the year before."""
    plan = _plan(request, slug)
    said = plan.turn_answers.filter(pk=pk) if request.POST.get("answer") == "said" else None
    if said is not None:
        answer = get_object_or_404(said.select_related("old", "new"))
        acts.take_back_answer(answer=answer, actor=request.actor, now=request.now)
        messages.success(request, f"{answer.old.code}可以重新答复。")
        return _back(request, slug)
    task = get_object_or_404(plan.tasks, pk=pk)
    acts.take_back(task=task, actor=request.actor, now=request.now)
    messages.success(request, f"{task.code}已取消衔接。")
    return _back(request, slug)


@require_POST
def turn_carry(request: Request, slug: str) -> HttpResponse:
    """沿用 the lines that are ticked."""
    plan, keys = _plan(request, slug), set(request.POST.getlist("line"))
    count = acts.carry(plan=plan, keys=keys, actor=request.actor, now=request.now)
    messages.success(request, f"已沿用{count}处，可以逐处更改。")
    return redirect("progress:turn", slug)


def _back(request: Request, slug: str) -> HttpResponse:
    """To the same list, at the row that follows."""
    show, at = request.POST.get("show", ""), request.POST.get("next", "")
    where = reverse("progress:turn", args=[slug])
    query = f"?show={show}" if show in SHOWS and show else ""
    return redirect(f"{where}{query}{f'#row-{at}' if _is_id(at) else ''}")


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= LONGEST
