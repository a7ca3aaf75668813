"""调整: asked for by the unit, registered, declined, revoked or ended by the office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from progress.adjustments import acts
from progress.adjustments.forms import AskForm, EndForm, RegisterForm
from progress.adjustments.objections import WORDING
from progress.adjustments.page import (
    COLUMNS,
    adjustment_or_404,
    asked_in_words,
    held_on,
    narrowed,
    page_of_adjustment,
)
from progress.adjustments.permissions import can_ask_for, can_object
from progress.evidence.uploads import add_evidence
from progress.matters.fields import item_called
from progress.models import Adjustment, AdjustmentKind
from progress.periods.access import item_or_404, plan_or_404
from units.errors import NotNow
from units.files.uploads import checked_upload
from units.http import Request
from units.lists.tool import ListTool
from units.once.claims import once
from units.permissions import require


@require_safe
def adjustments(request: Request, slug: str) -> HttpResponse:
    """All that this actor may know of the plan's adjustments."""
    plan = plan_or_404(request, slug)
    found = narrowed(request, plan)
    asked_item, what = request.GET.get("item", "")[:20], request.GET.get("what", "")
    if asked_item and request.actor.is_office and what in AdjustmentKind.values:
        task = item_called(plan, asked_item)
        if task is not None:
            return redirect("progress:adjustment_new", slug, task.kind, task.number, what)
    tool = ListTool[Adjustment](request.GET, COLUMNS)
    page = tool.page(tool.ordered(found.rows))
    words = asked_in_words(list(page))
    context = {
        "plan": plan,
        "found": found,
        "tool": tool,
        "page": page,
        "rows": [(each, words[each.pk]) for each in page],
        "kinds": AdjustmentKind.choices,
        "asked_item": asked_item,
    }
    return render(request, "progress/adjustments/adjustments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, slug: str, item_kind: str, number: int, what: str) -> HttpResponse:
    """申请调整 of one kind, with reason and evidence."""
    task = item_or_404(request, slug, item_kind, number)
    if what not in AdjustmentKind.values:
        raise Http404
    may = can_object if what == AdjustmentKind.RESPONSIBILITY else can_ask_for
    require(may(request.actor, task, request.today))
    given: dict[str, Any] = {"kind": what, "task": task, "today": request.today}
    given["is_office"] = request.actor.is_office
    if request.method != "POST":
        form = AskForm(initial={"starts_on": request.today}, **given)
    else:
        form = AskForm(request.POST, request.FILES, **given)
        if form.is_valid() and (made := _asked(request, form)):
            messages.success(request, f"{made}已申请，督查室登记批准后生效。")
            return redirect("progress:adjustment", slug, made.pk)
    label = AdjustmentKind(what).label
    context = {"plan": task.plan, "task": task, "form": form, "label": label}
    context["held"] = held_on(task, request.today) if what == AdjustmentKind.RESPONSIBILITY else []
    return render(
        request, "progress/adjustments/ask.html", context, status=409 if form.errors else 200
    )


def _asked(request: Request, form: AskForm) -> Adjustment | None:
    """The request with its file; None with the reason in the form when it cannot be."""
    try:
        checked = checked_upload(request, form.cleaned_data["file"], has_preview=True)
        with once(request, "这项调整已申请过，没有重复申请。") as claim:
            made = acts.request_adjustment(
                task=form.task,
                kind=form.kind,
                reason=form.cleaned_data["reason"],
                starts_on=form.cleaned_data["starts_on"],
                ends_on=form.cleaned_data.get("ends_on"),
                detail=form.detail,
                actor=request.actor,
                now=request.now,
            )
            add_evidence(request, checked, made)
            claim.leads_to("progress:adjustment", made.task.plan.slug, made.pk)
            return made
    except NotNow as problem:
        form.add_error(None, str(problem))
        return None


@require_safe
def adjustment(request: Request, slug: str, pk: int) -> HttpResponse:
    """One adjustment: what was asked, what held before, what was decided, what may be done."""
    return adjustment_page(request, adjustment_or_404(request, slug, pk))


def adjustment_page(
    request: Request, found: Adjustment, status: int = 200, **posted: forms.Form
) -> HttpResponse:
    page = page_of_adjustment(found, request.actor)
    context = {"plan": found.task.plan, "task": found.task, "page": page, **posted}
    if "register" in page.arrows and found.kind == AdjustmentKind.RESPONSIBILITY:
        context["held"] = held_on(found.task, request.today)
    if "register" in page.arrows:
        context["register"] = posted.get("register") or RegisterForm(
            **register_options(found, request.today)
        )
    if "end" in page.arrows:
        context["end"] = posted.get("end") or EndForm(initial={"last_day": request.today})
    return render(request, "progress/adjustments/adjustment.html", context, status=status)


def register_options(found: Adjustment, today: date) -> dict[str, Any]:
    """What the form of 登记批准 has to know."""
    return {
        "kind": found.kind,
        "task": found.task,
        "today": today,
        "must_change": found.detail.get("objection") != WORDING,
        "initial": {**found.detail, "starts_on": found.starts_on},
    }
