"""办结销号: the list, the claim, and the page of one closure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from progress.adjustments.permissions import can_ask_for
from progress.closing import acts
from progress.closing.forms import CheckForm, ClaimForm, CloseForm, DeclineForm
from progress.closing.page import WAITING, closures_of, page_of_closure, reached_by
from progress.evidence.uploads import add_evidence
from progress.models import Closure
from progress.periods.access import item_or_404, plan_or_404
from tasks.models import Indicator
from units.errors import NotNow
from units.files.uploads import checked_upload
from units.http import Request
from units.once.claims import once
from units.permissions import require


@require_safe
def closures(request: Request, slug: str) -> HttpResponse:
    """What is claimed, checked and closed; the closed ones are the list for the 通报."""
    plan = plan_or_404(request, slug)
    groups = closures_of(plan, request.actor)
    if request.GET.get("waiting") == "1":
        groups = {WAITING: groups[WAITING]}
    return render(request, "progress/closing/closures.html", {"plan": plan, "groups": groups})


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: Request, slug: str, item_kind: str, number: int) -> HttpResponse:
    """申请办结, with every number that the notice promises, and evidence."""
    task = item_or_404(request, slug, item_kind, number)
    require(can_ask_for(request.actor, task, request.today))
    given: dict[str, Any] = {
        "indicators": Indicator.objects.filter(task=task).prefetch_related("targets"),
        "reached": reached_by(task, request.today),
        "is_office": request.actor.is_office,
    }
    form = ClaimForm(**given)
    if request.method == "POST":
        form = ClaimForm(request.POST, request.FILES, **given)
        if form.is_valid() and (made := _claimed(request, task, form)):
            messages.success(request, f"{task.code}已申请办结，督查室核查后报批销号。")
            return redirect("progress:closure", slug, made.pk)
    context = {"plan": task.plan, "task": task, "form": form}
    return render(
        request, "progress/closing/claim.html", context, status=409 if form.errors else 200
    )


def _claimed(request: Request, task: Any, form: ClaimForm) -> Closure | None:
    """The claim with its file; None with the reason in the form when it cannot be."""
    try:
        checked = checked_upload(request, form.cleaned_data["file"], has_preview=True)
        with once(request, "办结已申请过，没有重复申请。") as claim:
            made = acts.claim_completion(
                task=task,
                statement=form.cleaned_data["statement"],
                actor=request.actor,
                now=request.now,
                figures=form.figures,
            )
            add_evidence(request, checked, made)
            claim.leads_to("progress:closure", task.plan.slug, made.pk)
            return made
    except NotNow as problem:
        form.add_error(None, str(problem))
        return None


@require_safe
def closure(request: Request, slug: str, pk: int) -> HttpResponse:
    """One claim with its numbers, files and what became of it."""
    return closure_page(request, closure_or_404(request, slug, pk))


def closure_or_404(request: Request, slug: str, pk: int) -> Closure:
    """The closure, inside what the actor may see."""
    plan = plan_or_404(request, slug)
    visible = Closure.objects.visible_to(request.actor).filter(task__plan=plan)
    found = get_object_or_404(visible.select_related("task", "approval"), pk=pk)
    found.task.plan = plan
    return found


def closure_page(
    request: Request, found: Closure, status: int = 200, **posted: forms.Form
) -> HttpResponse:
    """The page, with the forms of what this actor may do now; `posted` comes back as typed."""
    page = page_of_closure(found, request.actor)
    context: dict[str, Any] = {
        "plan": found.task.plan,
        "task": found.task,
        "page": page,
        "check": CheckForm(figures=page.figures),
        "close": CloseForm(initial={"closed_on": request.today}),
        "decline": DeclineForm(),
        "reopen": DeclineForm(),
        **posted,
    }
    return render(request, "progress/closing/closure.html", context, status=status)
