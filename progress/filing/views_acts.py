"""What is done with a report by one click or one sentence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from progress.filing.forms_acts import ReopenForm
from progress.filing.reading_page import reading_page
from progress.lifecycle import by_office, by_unit, empty_filing
from progress.models import ProgressReport
from progress.periods.access import report_or_404
from units.acting_page import Act, Page, by_name, carry_out, seen
from units.face.act_forms import ReasonForm, first_error
from units.http import Request
from units.permissions import can_run_the_year

SIGNING = "progress:signing"  # the next one that waits opens by itself


def _judge_empty(**given: Any) -> str:
    """认定空报 of a first filing, or take it back; which of the two, in words."""
    judged = empty_filing.judge_empty(**given)
    return "已认定为空报，不计按时报送" if judged.first_was_empty else "已取消空报认定"


ACTS = by_name(
    Act("withdraw", by_unit.withdraw, "{thing}已撤回，可以继续修改。"),
    Act("sign", by_unit.sign, "{thing}已审签并报送督查室。", to=SIGNING, given=seen),
    Act(
        "return_to_liaison",
        by_unit.return_to_liaison,
        "{thing}已退回联络员。",
        ReasonForm,
        to=SIGNING,
    ),
    Act(
        "send_unsigned",
        by_unit.send_unsigned,
        "{thing}已报送督查室，标记为未经审签。",
        ReasonForm,
    ),
    Act(
        "correct",
        by_office.correct,
        "{thing}已开启更正，原报送稿在更正通过前仍然有效。",
        ReasonForm,
    ),
    Act("reopen", by_office.reopen, "{thing}已开启补报。", ReopenForm),
    Act(
        "judge_empty",
        _judge_empty,
        "{thing}{made}。",
        ReasonForm,
        may=lambda actor, _: can_run_the_year(actor),
    ),
)


def _again(
    request: Request, report: ProgressReport, name: str, form: forms.Form, problem: str
) -> HttpResponse:
    messages.error(request, problem or first_error(form))
    context = reading_page(report, request.actor, request.today)
    context |= {"posted_act": name, "posted": form}
    return render(request, "progress/filing/report_read.html", context, status=409)


PAGE = Page("report", "progress:report", _again)


@require_POST
def report_do(request: Request, slug: str, pk: int, act: str) -> HttpResponse:
    """One act on it; the address says which."""
    return carry_out(request, report_or_404(request, slug, pk), ACTS[act], PAGE)
