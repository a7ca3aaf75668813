"""What the office does with 单位推进情况: draft, weights, reckon anew, approval, take back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from progress.periods.access import plan_or_404
from reports.models import Standing
from reports.standings import acts
from reports.standings.forms import ApprovalForm, DayForm, WeightsForm
from reports.standings.pages import table_page
from reports.standings.views import standing_or_404
from reports.standings.weights import holds_from, set_weights, weights_of
from reports.standings.workflow import can_edit_standings
from units.acting_page import Act, Page, by_name, carry_out
from units.errors import NotNow
from units.face.act_forms import ReasonForm, first_error
from units.files.approval_files import approval_given, with_scan
from units.http import Request
from units.once.claims import once
from units.permissions import require


@require_POST
def standing_draft(request: Request, slug: str) -> HttpResponse:
    """拟定, one click from a 定稿."""
    plan = plan_or_404(request, slug)
    require(can_edit_standings(request.actor))
    form = DayForm(request.POST, days=acts.days_to_draft(plan))
    if not form.is_valid():
        raise NotNow(first_error(form))
    day = form.cleaned_data["day"]
    with once(request, "刚才已经拟定过，没有重复拟定。") as claim:
        made = acts.draft(plan=plan, day=day, actor=request.actor, now=request.now)
        claim.leads_to("reports:standing", slug, made.pk)
    messages.success(request, f"已拟定{made}，请核对后送批；未经批准不对外。")
    return redirect("reports:standing", slug, made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def standing_weights(request: Request, slug: str) -> HttpResponse:
    """扣分标准."""
    plan = plan_or_404(request, slug)
    require(can_edit_standings(request.actor))
    starts_on = holds_from(plan, request.today)
    is_post = request.method == "POST"
    held = dict(weights_of(plan, starts_on))
    form = WeightsForm(request.POST if is_post else None, initial=held)
    if is_post and form.is_valid():
        try:
            set_weights(plan=plan, weights=form.cleaned_data, actor=request.actor, now=request.now)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "扣分标准已保存。")
            return redirect("reports:standings", slug)
    context = {"plan": plan, "form": form, "is_later": starts_on > request.today}
    status = 409 if is_post else 200
    return render(request, "reports/standings/standing_weights.html", context, status=status)


def _refresh(**given: Any) -> str:
    """重新计算; whether anything changed, in words."""
    _, is_changed = acts.refresh(**given)
    return "已按现在的数据重新计算，有变化，请核对。" if is_changed else "已重新计算，没有变化。"


def _approved(request: Request, form: ApprovalForm) -> dict[str, Any]:
    return {"approval": approval_given(request, form), "shown": form.cleaned_data["shown"]}


ACTS = by_name(
    Act("refresh", _refresh, "{made}"),
    Act(
        "approve",
        with_scan(acts.approve),
        "{thing}已登记批准，领导和各单位可以查阅，数据不再改变。",
        ApprovalForm,
        given=_approved,
    ),
    Act(
        "drop",
        acts.drop,
        "{thing}草稿已作废，这一期可以重新拟定。",
        ReasonForm,
        to="reports:standings",
        kept=(),
    ),
    Act(
        "revoke",
        acts.revoke,
        "{thing}已撤销，不再对外；这一期可以重新拟定。",
        ReasonForm,
        to="reports:standings",
        kept=(),
    ),
)


def _again(
    request: Request, standing: Standing, name: str, form: forms.Form, problem: str
) -> HttpResponse:
    if problem:
        form.add_error(None, problem)
    messages.error(request, first_error(form))
    context = table_page(standing, request.actor) | {name: form}
    return render(request, "reports/standings/standing.html", context, status=409)


PAGE = Page("standing", Standing.get_absolute_url, _again)


@require_POST
def standing_do(request: Request, slug: str, pk: int, act: str) -> HttpResponse:
    """One act on it; the address says which."""
    plan_or_404(request, slug)
    require(can_edit_standings(request.actor))
    return carry_out(request, standing_or_404(request, slug, pk), ACTS[act], PAGE)
