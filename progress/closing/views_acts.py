"""What the office does with a claim: check, close, decline, reopen."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from progress.adjustments.permissions import can_decide
from progress.closing import acts as closing
from progress.closing.forms import CheckForm, CloseForm, DeclineForm
from progress.closing.views import closure_or_404, closure_page
from progress.models import Closure
from units.errors import NotNow
from units.files.approval_files import add_scan
from units.files.uploads import checked_upload
from units.http import Request
from units.permissions import require

INCOMPLETE = "还不能办理，请修改标出的内容；已填写的都保留在本页，文件需要重新选择。"


def _act(
    request: Request,
    found: Closure,
    name: str,
    form: forms.Form,
    act: Callable[[], object],
    done: str,
) -> HttpResponse:
    """Carry out one act; else the page again, with the reason and what was typed."""
    require(can_decide(request.actor, found))
    problem = INCOMPLETE
    if form.is_valid():
        try:
            act()
        except NotNow as refusal:
            problem = str(refusal)
        else:
            messages.success(request, f"{found.task.code}{done}。")
            return redirect("progress:closure", found.task.plan.slug, found.pk)
    messages.error(request, problem)
    found.refresh_from_db(fields=["state"])
    return closure_page(request, found, 409, **{name: form})


@require_POST
def check(request: Request, slug: str, pk: int) -> HttpResponse:
    """核查, from the papers or on site, number by number."""
    found = closure_or_404(request, slug, pk)
    form = CheckForm(request.POST, figures=found.figures.select_related("indicator"))

    def act() -> None:
        closing.check_claim(
            closure=found,
            check_kind=form.cleaned_data["check_kind"],
            note=form.cleaned_data["note"],
            verified=form.verified,
            actor=request.actor,
            now=request.now,
        )

    return _act(request, found, "check", form, act, "已核查")


@require_POST
def close(request: Request, slug: str, pk: int) -> HttpResponse:
    """办结销号 by approval."""
    found = closure_or_404(request, slug, pk)
    form = CloseForm(request.POST, request.FILES)

    def act() -> None:
        approval = form.approval(request.actor, request.now)
        add_scan(approval, checked_upload(request, form.cleaned_data["scan"]))
        closing.close_task(
            closure=found,
            approval=approval,
            outcome=form.cleaned_data["outcome"],
            closed_on=form.cleaned_data["closed_on"],
            actor=request.actor,
            now=request.now,
        )

    return _act(request, found, "close", form, act, "已办结销号")


@require_POST
def decline_claim(request: Request, slug: str, pk: int) -> HttpResponse:
    """不予办结, with the reason; the clock runs on."""
    found = closure_or_404(request, slug, pk)
    form = DeclineForm(request.POST)

    def act() -> None:
        closing.decline_claim(
            closure=found,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            now=request.now,
        )

    return _act(request, found, "decline", form, act, "不予办结，已告知单位")


@require_POST
def reopen_task(request: Request, slug: str, pk: int) -> HttpResponse:
    """重新办理 a closed item, with the reason."""
    found = closure_or_404(request, slug, pk)
    form = DeclineForm(request.POST)

    def act() -> None:
        closing.reopen_task(
            closure=found,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            now=request.now,
        )

    return _act(request, found, "reopen", form, act, "已登记重新办理")
