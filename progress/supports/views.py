"""征询配合单位: asked from the primary's form, answered on a page of the unit that is asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress.contents.parts import parts_of
from progress.filing.page import heading_of
from progress.lifecycle.permissions import can_see_drafts, can_write, window
from progress.models import ProgressReport, SupportRequest
from progress.periods.access import plan_or_404, report_or_404
from progress.supports import acts
from progress.supports.forms import AnswerForm, AskForm
from progress.supports.permissions import can_answer_support, can_ask_supports
from units.errors import NotNow
from units.face.act_forms import first_error
from units.http import Request
from units.once.claims import once
from units.permissions import ALLOWED, denied, require


@require_safe
def parts(request: Request, slug: str, pk: int) -> HttpResponse:
    """责任单位材料 beside the item's own report: a page, or a part of the form."""
    return _parts(request, _main_or_404(request, slug, pk))


@require_POST
def support_ask(request: Request, slug: str, pk: int) -> HttpResponse:
    """Ask support units."""
    report = _main_or_404(request, slug, pk)
    require(can_ask_supports(request.actor, report))
    form = AskForm(request.POST, choices=acts.askable(report), due_on=report.due_on)
    if not form.is_valid():
        return _parts(request, report, form)
    try:
        with once(request, "配合单位已征询过，没有重复征询。") as claim:
            acts.ask(report=report, actor=request.actor, now=request.now, **form.cleaned_data)
            claim.leads_to("progress:parts", slug, pk)
    except NotNow as problem:
        messages.error(request, str(problem))
        return _parts(request, report, form)
    messages.success(request, f"已征询{len(form.cleaned_data['units'])}家配合单位。")
    return redirect("progress:parts", slug, pk)


@require_safe
def support_requests(request: Request, slug: str) -> HttpResponse:
    """What the actor's unit is asked."""
    plan = plan_or_404(request, slug)
    may = ALLOWED if request.actor.is_of_a_unit else denied("征询由被征询单位答复。")
    require(may)
    asked = acts.asked_of(request.actor.unit, plan)
    return render(
        request, "progress/supports/support_requests.html", {"plan": plan, "asked": asked}
    )


@require_POST
def support_answer(request: Request, slug: str, pk: int) -> HttpResponse:
    """Answer in one text."""
    asked = _asked_or_404(request, slug, pk)
    require(can_answer_support(request.actor, asked))
    form = AnswerForm(request.POST)
    problem = "" if form.is_valid() else first_error(form)
    if not problem:
        try:
            said = form.cleaned_data["answer"]
            acts.answer(asked=asked, actor=request.actor, now=request.now, answer=said)
        except NotNow as refusal:
            problem = str(refusal)
    if not problem:
        messages.success(request, f"已答复{asked.report.unit_name}。")
        return redirect("progress:support_requests", slug)
    messages.error(request, problem)
    plan = asked.report.period.plan
    rows = acts.asked_of(request.actor.unit, plan)
    context = {"plan": plan, "asked": rows, "posted": asked, "form": form}
    return render(request, "progress/supports/support_requests.html", context, status=409)


@require_POST
def support_take_back(request: Request, slug: str, pk: int) -> HttpResponse:
    """收回."""
    asked = _asked_or_404(request, slug, pk)
    acts.take_back(asked=asked, actor=request.actor, now=request.now)
    messages.success(request, f"已收回向{asked.unit}的征询。")
    return redirect("progress:parts", slug, asked.report.pk)


def _main_or_404(request: Request, slug: str, pk: int) -> ProgressReport:
    report = report_or_404(request, slug, pk)
    if not report.is_main or not can_see_drafts(request.actor, report):
        raise Http404
    return report


def _asked_or_404(request: Request, slug: str, pk: int) -> SupportRequest:
    plan = plan_or_404(request, slug)
    asked = SupportRequest.objects.visible_to(request.actor).of_plan(plan)
    related = asked.select_related(
        "unit",
        "report__period__plan",
        "report__responsibility__task",
        "report__responsibility__unit",
    )
    return get_object_or_404(related, pk=pk)


def _parts(request: Request, report: ProgressReport, form: AskForm | None = None) -> HttpResponse:
    may_write = bool(can_write(request.actor, report)) and report.is_editable
    choices = acts.askable(report) if may_write else []
    context = heading_of(report) | {
        "parts": parts_of(report),
        "asked": acts.asked_for(report),
        "may_quote": may_write and bool(window(report, request.today)),
        "asks_nobody": may_write and not choices,
        "form": form or (AskForm(choices=choices, due_on=report.due_on) if choices else None),
    }
    template = "progress/supports/_parts.html" if request.htmx else "progress/supports/parts.html"
    return render(request, template, context, status=409 if form is not None else 200)
