"""Autosave: the open form sends what it holds, and hears what became of it."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from progress import drafts
from progress.autosave import Posted, answer_of
from progress.draft_form import DraftForm
from progress.looking import look_at
from progress.permissions import can_write
from progress.views.report import report_or_404
from units.errors import NotNow
from units.http import Request
from units.permissions import require

WORDS = {"ensure_ascii": False}


@require_POST
def autosave(request: Request, slug: str, pk: int) -> HttpResponse:
    """Save like the button does, and answer in JSON instead of a page."""
    found = report_or_404(request, slug, pk)
    require(can_write(request.actor, found))
    before = found.latest()
    form = DraftForm(request.POST, look=look_at(found, before), today=request.today)
    held = frozenset(request.POST.getlist("held"))
    posted = Posted(form, request.POST.get("base", ""), held, before)
    try:
        saved = drafts.save_draft(
            report=found,
            actor=request.actor,
            now=request.now,
            values=posted.values,
            base=posted.base,
        )
    except NotNow as problem:
        return JsonResponse({"problem": str(problem)}, status=409, json_dumps_params=WORDS)
    answer = answer_of(posted, saved, look_at(found, found.latest()), request.now)
    return JsonResponse(answer, json_dumps_params=WORDS)
