"""登记调整 in one step, by the office: what was decided elsewhere and never asked for here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from progress.adjustments import acts
from progress.adjustments.forms import DecisionForm
from progress.adjustments.page import held_in_words
from progress.adjustments.permissions import can_register
from progress.models import Adjustment, AdjustmentKind
from progress.periods.access import item_or_404
from progress.periods.opening import open_due_periods
from units.errors import NotNow
from units.files.approval_files import approval_given, with_scan
from units.http import Request
from units.once.claims import once
from units.permissions import require


@require_http_methods(["GET", "HEAD", "POST"])
def adjustment_new(
    request: Request, slug: str, item_kind: str, number: int, what: str
) -> HttpResponse:
    """What holds now beside what is decided, with the approval and its scan."""
    task = item_or_404(request, slug, item_kind, number)
    require(can_register(request.actor))
    if what not in AdjustmentKind.values:
        raise Http404
    given: dict[str, Any] = {"kind": what, "task": task, "today": request.today}
    if request.method != "POST":
        form = DecisionForm(initial={"starts_on": request.today}, **given)
    else:
        form = DecisionForm(request.POST, request.FILES, **given)
        if form.is_valid() and (made := _registered(request, form)):
            messages.success(request, f"{made}已登记批准。")
            return redirect("progress:adjustment", slug, made.pk)
    context = {
        "plan": task.plan,
        "task": task,
        "form": form,
        "label": AdjustmentKind(what).label,
        "held": held_in_words(task, what, request.today),
    }
    status = 409 if form.errors else 200
    return render(request, "progress/adjustments/adjustment_new.html", context, status=status)


def _registered(request: Request, form: DecisionForm) -> Adjustment | None:
    """The adjustment in force; None with the reason in the form when it cannot be."""
    try:
        with once(request, "这项调整已登记过，没有重复登记。") as claim:
            made = with_scan(acts.register_at_once)(
                approval=approval_given(request, form),
                task=form.task,
                kind=form.kind,
                reason=form.cleaned_data["reason"],
                starts_on=form.cleaned_data["starts_on"],
                ends_on=form.cleaned_data.get("ends_on"),
                detail=form.detail,
                actor=request.actor,
                now=request.now,
            )
            open_due_periods(made.task.plan, request.today)
            claim.leads_to("progress:adjustment", made.task.plan.slug, made.pk)
            return made
    except NotNow as problem:
        form.add_error(None, str(problem))
        return None
