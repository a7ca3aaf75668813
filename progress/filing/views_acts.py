"""What is done with a report by one click or one sentence: one view per transition."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from progress.filing.forms_acts import ReopenForm
from progress.filing.reading_page import reading_page
from progress.lifecycle import by_office, by_unit, empty_filing
from progress.models import ProgressReport
from progress.periods.access import report_or_404
from units.errors import NotNow
from units.face.act_forms import ReasonForm, first_error
from units.http import Request
from units.permissions import can_run_the_year, require


def _back(report: ProgressReport) -> HttpResponse:
    return redirect("progress:report", report.period.plan.slug, report.pk)


def _act(
    request: Request,
    report: ProgressReport,
    name: str,
    form: forms.Form,
    act: Callable[..., object],
) -> HttpResponse | None:
    """Carry out `act` with the cleaned form; else the page again, with what was typed."""
    try:
        if form.is_valid():
            act(report=report, actor=request.actor, now=request.now, **form.cleaned_data)
            return None
        problem = first_error(form)
    except NotNow as refusal:
        problem = str(refusal)
    messages.error(request, problem)
    context = reading_page(report, request.actor, request.today)
    context |= {"posted_act": name, "posted": form}
    return render(request, "progress/filing/report_read.html", context, status=409)


@require_POST
def withdraw(request: Request, slug: str, pk: int) -> HttpResponse:
    """撤回, before the signer acts."""
    report = report_or_404(request, slug, pk)
    by_unit.withdraw(report=report, actor=request.actor, now=request.now)
    messages.success(request, f"{report}已撤回，可以继续修改。")
    return _back(report)


@require_POST
def sign(request: Request, slug: str, pk: int) -> HttpResponse:
    """审签并报送督查室; the next one that waits opens by itself."""
    report = report_or_404(request, slug, pk)
    seen = request.POST.get("seen", "")
    by_unit.sign(report=report, actor=request.actor, now=request.now, seen=seen)
    messages.success(request, f"{report}已审签并报送督查室。")
    return redirect("progress:signing", slug)


@require_POST
def return_to_liaison(request: Request, slug: str, pk: int) -> HttpResponse:
    """退回联络员, with a reason."""
    report = report_or_404(request, slug, pk)
    form = ReasonForm(request.POST)
    if again := _act(request, report, "return_to_liaison", form, by_unit.return_to_liaison):
        return again
    messages.success(request, f"{report}已退回联络员。")
    return redirect("progress:signing", slug)


@require_POST
def send_unsigned(request: Request, slug: str, pk: int) -> HttpResponse:
    """未经审签报送, marked as such, with a reason."""
    report = report_or_404(request, slug, pk)
    form = ReasonForm(request.POST)
    if again := _act(request, report, "send_unsigned", form, by_unit.send_unsigned):
        return again
    messages.success(request, f"{report}已报送督查室，标记为未经审签。")
    return _back(report)


@require_POST
def correct(request: Request, slug: str, pk: int) -> HttpResponse:
    """更正: open an accepted report for a new version."""
    report = report_or_404(request, slug, pk)
    form = ReasonForm(request.POST)
    if again := _act(request, report, "correct", form, by_office.correct):
        return again
    messages.success(request, f"{report}已开启更正，原报送稿在更正通过前仍然有效。")
    return _back(report)


@require_POST
def reopen(request: Request, slug: str, pk: int) -> HttpResponse:
    """补报: open a report again until a day."""
    report = report_or_404(request, slug, pk)
    form = ReopenForm(request.POST)
    if again := _act(request, report, "reopen", form, by_office.reopen):
        return again
    messages.success(request, f"{report}已开启补报。")
    return _back(report)


@require_POST
def judge_empty(request: Request, slug: str, pk: int) -> HttpResponse:
    """认定空报 of a first filing, or take it back, with a reason."""
    report = report_or_404(request, slug, pk)
    require(can_run_the_year(request.actor))
    form = ReasonForm(request.POST)
    if again := _act(request, report, "judge_empty", form, empty_filing.judge_empty):
        return again
    report.refresh_from_db(fields=["first_was_empty"])
    judged = "已认定为空报，不计按时报送" if report.first_was_empty else "已取消空报认定"
    messages.success(request, f"{report}{judged}。")
    return _back(report)
