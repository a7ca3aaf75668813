"""What the office does with a claim: check, close, decline, reopen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from progress.adjustments.permissions import can_decide
from progress.closing import acts
from progress.closing.forms import CheckForm, CloseForm, DeclineForm
from progress.closing.views import closure_or_404, closure_page
from progress.models import Closure
from units.acting_page import INCOMPLETE, Act, Page, by_name, carry_out
from units.files.approval_files import approval_given, with_scan
from units.http import Request
from units.permissions import require


def _figures(closure: Closure, today: date) -> dict[str, Any]:
    return {"figures": closure.figures.select_related("indicator")}


def _checked(request: Request, form: CheckForm) -> dict[str, Any]:
    said = {name: form.cleaned_data[name] for name in ("check_kind", "note")}
    return {**said, "verified": form.verified}


def _closing(request: Request, form: CloseForm) -> dict[str, Any]:
    said = {name: form.cleaned_data[name] for name in ("outcome", "closed_on")}
    return {**said, "approval": approval_given(request, form)}


ACTS = by_name(
    Act(
        "check",
        acts.check_claim,
        "{thing.task.code}已核查。",
        CheckForm,
        options=_figures,
        given=_checked,
    ),
    Act(
        "close",
        with_scan(acts.close_task),
        "{thing.task.code}已办结销号。",
        CloseForm,
        given=_closing,
    ),
    Act("decline", acts.decline_claim, "{thing.task.code}不予办结，已告知单位。", DeclineForm),
    Act("reopen", acts.reopen_task, "{thing.task.code}已登记重新办理。", DeclineForm),
)


def _again(
    request: Request, closure: Closure, name: str, form: forms.Form, problem: str
) -> HttpResponse:
    messages.error(request, problem or INCOMPLETE)
    closure.refresh_from_db(fields=["state"])
    return closure_page(request, closure, 409, **{name: form})


PAGE = Page("closure", "progress:closure", _again)


@require_POST
def closure_do(request: Request, slug: str, pk: int, act: str) -> HttpResponse:
    """One act on it; the address says which."""
    found = closure_or_404(request, slug, pk)
    require(can_decide(request.actor, found))
    return carry_out(request, found, ACTS[act], PAGE)
