"""The unit's side of a bulletin: its lines on one page, answered one by one or all at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress.periods.access import plan_or_404
from reports.bulletins.answers import answer, answer_all, can_answer, mark_read
from reports.bulletins.forms import AnswerForm, AnswersForm
from reports.models import BulletinLine
from tasks.models import Plan
from units.face.act_forms import first_error
from units.http import Request
from units.permissions import require


def _lines(request: Request, plan: Plan, pk: int) -> list[BulletinLine]:
    lines = BulletinLine.objects.visible_to(request.actor).filter(bulletin=pk, is_dropped=False)
    found = list(
        lines.filter(bulletin__plan=plan).select_related(
            "bulletin__plan", "bulletin__period", "unit", "task__plan"
        )
    )
    if not found:
        raise Http404
    return found


def _open(request: Request, lines: Sequence[BulletinLine]) -> list[BulletinLine]:
    """Those that this person may still answer."""
    if not request.actor.is_of_a_unit or not lines[0].bulletin.takes_answers(request.today):
        return []
    return [line for line in lines if line.answered_at is None]


def _page(
    request: Request, plan: Plan, lines: Sequence[BulletinLine], form: AnswersForm | None = None
) -> HttpResponse:
    waiting = _open(request, lines)
    shown = form or AnswersForm(None, lines=waiting)
    bulletin = lines[0].bulletin
    context = {
        "plan": plan,
        "bulletin": bulletin,
        "lines": [
            (line, shown[f"answer-{line.pk}"] if line in waiting else None) for line in lines
        ],
        "is_open": bulletin.takes_answers(request.today),
        "waiting": len(waiting),
    }
    status = 409 if form is not None else 200
    return render(request, "reports/bulletins/bulletin_check.html", context, status=status)


@require_safe
def bulletin_check(request: Request, slug: str, pk: int) -> HttpResponse:
    """The lines that name this unit, which count as seen; the office sees all."""
    plan = plan_or_404(request, slug)
    lines = _lines(request, plan, pk)
    if request.actor.is_of_a_unit:
        mark_read(lines, now=request.now)
    return _page(request, plan, lines)


@require_POST
def bulletin_answer_all(request: Request, slug: str, pk: int) -> HttpResponse:
    """All lines of the unit: what was written, the others 无异议."""
    plan = plan_or_404(request, slug)
    lines = _lines(request, plan, pk)
    require(can_answer(request.actor, lines[0]))
    waiting = _open(request, lines)
    if not waiting:
        messages.error(request, "没有可以答复的条目：都已答复，或核对已结束。")
        return redirect("reports:bulletin_check", slug, pk)
    form = AnswersForm(request.POST, lines=waiting)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return _page(request, plan, lines, form)
    answer_all(lines=waiting, texts=form.texts, actor=request.actor, now=request.now)
    said = f"，其中有意见{len(form.texts)}条" if form.texts else "，均无异议"
    messages.success(request, f"已核对{len(waiting)}条{said}，督查室会看到。")
    return redirect("reports:bulletin_check", slug, pk)


@require_POST
def bulletin_answer(request: Request, slug: str, pk: int) -> HttpResponse:
    """One sentence to one line."""
    plan = plan_or_404(request, slug)
    lines = BulletinLine.objects.visible_to(request.actor).filter(bulletin__plan=plan)
    line = get_object_or_404(lines.select_related("bulletin"), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        problem = first_error(form)
        messages.error(request, problem)
        found = _lines(request, plan, line.bulletin_id)
        typed = {f"answer-{line.pk}": request.POST.get("answer", "")}
        again = AnswersForm(typed, lines=_open(request, found))
        for name in again.fields.keys() & typed.keys():
            again.add_error(name, problem)
        return _page(request, plan, found, again)
    answer(line=line, text=form.cleaned_data["answer"], actor=request.actor, now=request.now)
    messages.success(request, "已答复，督查室会看到。")
    return redirect("reports:bulletin_check", slug, line.bulletin_id)
