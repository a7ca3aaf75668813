"""What the office does with a request for an adjustment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from progress.adjustments import acts
from progress.adjustments.forms import EndForm, RegisterForm
from progress.adjustments.page import adjustment_or_404
from progress.adjustments.permissions import can_decide
from progress.adjustments.views import adjustment_page, register_options
from progress.models import Adjustment
from progress.periods.opening import open_due_periods
from units.acting_page import INCOMPLETE, Act, Page, by_name, carry_out
from units.face.act_forms import ReasonForm
from units.files.approval_files import approval_given, with_scan
from units.http import Request
from units.permissions import require


def _register(*, adjustment: Adjustment, now: datetime, **given: Any) -> None:
    """登记批准: in force from its day on; who owes what from then on is made at once."""
    acts.register_adjustment(adjustment=adjustment, now=now, **given)
    open_due_periods(adjustment.task.plan, now.date())


def _registered(request: Request, form: RegisterForm) -> dict[str, Any]:
    return {
        "approval": approval_given(request, form),
        "starts_on": form.cleaned_data["starts_on"],
        "detail": form.detail,
        "answer": form.cleaned_data["answer"],
    }


def _revoke(*, adjustment: Adjustment, now: datetime, **given: Any) -> str:
    """撤销 what was registered by mistake; from when on what held before holds again."""
    words = acts.revoked_words(adjustment, now.date())
    acts.revoke_adjustment(adjustment=adjustment, now=now, **given)
    return words


ACTS = by_name(
    Act(
        "register",
        with_scan(_register),
        "{thing}已登记批准。",
        RegisterForm,
        options=register_options,
        given=_registered,
    ),
    Act("decline", acts.decline_adjustment, "{thing}已登记未批准。", ReasonForm),
    Act("revoke", _revoke, "{thing}{made}。", ReasonForm),
    Act("end", acts.end_suspension, "{thing}已登记恢复办理。", EndForm),
)


def _again(
    request: Request, adjustment: Adjustment, name: str, form: forms.Form, problem: str
) -> HttpResponse:
    messages.error(request, problem or INCOMPLETE)
    if problem:
        adjustment.refresh_from_db()
    return adjustment_page(request, adjustment, 409, **{name: form})


PAGE = Page("adjustment", "progress:adjustment", _again)


@require_POST
def adjustment_do(request: Request, slug: str, pk: int, act: str) -> HttpResponse:
    """One act on it; the address says which."""
    found = adjustment_or_404(request, slug, pk)
    require(can_decide(request.actor, found))
    return carry_out(request, found, ACTS[act], PAGE)
