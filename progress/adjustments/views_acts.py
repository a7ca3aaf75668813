"""What the office does with a request for an adjustment: one view per transition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from progress.adjustments import acts as decisions
from progress.adjustments.forms import EndForm
from progress.adjustments.page import adjustment_or_404
from progress.adjustments.permissions import can_decide
from progress.adjustments.views import adjustment_page, register_form
from progress.models import Adjustment
from progress.periods.opening import open_due_periods
from units.errors import NotNow
from units.face.act_forms import ReasonForm
from units.files.approval_files import add_scan
from units.files.uploads import checked_upload
from units.http import Request
from units.permissions import require

INCOMPLETE = "还不能办理，请修改标出的内容；已填写的都保留在本页，文件需要重新选择。"


def _act(request: Request, found: Adjustment, form: forms.Form, act: Callable[[], object]) -> bool:
    """Carry out one act of the office; False with the reason in the form when it cannot be."""
    require(can_decide(request.actor, found))
    if not form.is_valid():
        messages.error(request, INCOMPLETE)
        return False
    try:
        act()
    except NotNow as problem:
        found.refresh_from_db()
        messages.error(request, str(problem))
        return False
    return True


@require_POST
def register(request: Request, slug: str, pk: int) -> HttpResponse:
    """登记批准: in force from its day on; who owes what from then on is made at once."""
    found = adjustment_or_404(request, slug, pk)
    form = register_form(request, found, request.POST, request.FILES)

    def act() -> None:
        approval = form.approval(request.actor, request.now)
        add_scan(approval, checked_upload(request, form.cleaned_data["scan"]))
        decisions.register_adjustment(
            adjustment=found,
            approval=approval,
            actor=request.actor,
            now=request.now,
            starts_on=form.cleaned_data["starts_on"],
            detail=form.detail,
            answer=form.cleaned_data["answer"],
        )

    if not _act(request, found, form, act):
        return adjustment_page(request, found, 409, register=form)
    open_due_periods(found.task.plan, request.today)
    messages.success(request, f"{found}已登记批准。")
    return redirect("progress:adjustment", slug, pk)


@require_POST
def decline(request: Request, slug: str, pk: int) -> HttpResponse:
    """登记未批准, or 不采纳 of an objection, with the answer."""
    return _answer(request, slug, pk, "decline", decisions.decline_adjustment, "已登记未批准")


@require_POST
def revoke(request: Request, slug: str, pk: int) -> HttpResponse:
    """撤销 what was registered by mistake."""
    found = adjustment_or_404(request, slug, pk)
    done = decisions.revoked_words(found, request.today)
    return _answer(request, slug, pk, "revoke", decisions.revoke_adjustment, done)


def _answer(
    request: Request, slug: str, pk: int, name: str, act: Callable[..., object], done: str
) -> HttpResponse:
    found = adjustment_or_404(request, slug, pk)
    form = ReasonForm(request.POST)
    given: dict[str, Any] = {"adjustment": found, "actor": request.actor, "now": request.now}
    if not _act(request, found, form, lambda: act(**given, **form.cleaned_data)):
        return adjustment_page(request, found, 409, **{name: form})
    messages.success(request, f"{found}{done}。")
    return redirect("progress:adjustment", slug, pk)


@require_POST
def end(request: Request, slug: str, pk: int) -> HttpResponse:
    """恢复办理."""
    found = adjustment_or_404(request, slug, pk)
    form = EndForm(request.POST)
    given: dict[str, Any] = {"adjustment": found, "actor": request.actor, "now": request.now}
    if not _act(
        request, found, form, lambda: decisions.end_suspension(**given, **form.cleaned_data)
    ):
        return adjustment_page(request, found, 409, end=form)
    messages.success(request, f"{found}已登记恢复办理。")
    return redirect("progress:adjustment", slug, pk)
