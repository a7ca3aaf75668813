"""The unit's side of a bulletin: its lines, and one answer to each."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress.periods.access import plan_or_404
from reports.bulletins.answers import answer
from reports.bulletins.forms import AnswerForm
from reports.models import BulletinLine
from units.face.act_forms import first_error
from units.http import Request


def _page(
    request: Request, slug: str, pk: int, form: AnswerForm | None = None, posted: int = 0
) -> HttpResponse:
    plan = plan_or_404(request, slug)
    lines = BulletinLine.objects.visible_to(request.actor).filter(bulletin=pk, is_dropped=False)
    found = list(
        lines.filter(bulletin__plan=plan).select_related(
            "bulletin__plan", "bulletin__period", "unit", "task__plan"
        )
    )
    if not found:
        raise Http404
    bulletin = found[0].bulletin
    context = {
        "plan": plan,
        "bulletin": bulletin,
        "lines": found,
        "is_open": bulletin.takes_answers(request.today),
        "form": form,
        "posted": posted,
    }
    status = 409 if form is not None else 200
    return render(request, "reports/bulletins/bulletin_check.html", context, status=status)


@require_safe
def bulletin_check(request: Request, slug: str, pk: int) -> HttpResponse:
    """The lines that name this unit; the office sees all."""
    return _page(request, slug, pk)


@require_POST
def bulletin_answer(request: Request, slug: str, pk: int) -> HttpResponse:
    """One sentence to one line."""
    plan = plan_or_404(request, slug)
    lines = BulletinLine.objects.visible_to(request.actor).filter(bulletin__plan=plan)
    line = get_object_or_404(lines.select_related("bulletin"), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return _page(request, slug, line.bulletin_id, form, line.pk)
    answer(line=line, text=form.cleaned_data["answer"], actor=request.actor, now=request.now)
    messages.success(request, "已答复，督查室会看到。")
    return redirect("reports:bulletin_check", slug, line.bulletin_id)
