"""What the office does with 单位推进情况: draft, weights, reckon anew, approval, take back."""

from __future__ import annotations

from collections.abc import Callable

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
from units.errors import NotNow
from units.face.act_forms import ReasonForm, first_error
from units.files.approval_files import add_scan
from units.files.keeping import gone_on_failure
from units.files.uploads import checked_upload
from units.http import Request
from units.permissions import require


@require_POST
def standing_draft(request: Request, slug: str) -> HttpResponse:
    """拟定, one click from a 定稿."""
    plan = plan_or_404(request, slug)
    require(can_edit_standings(request.actor))
    form = DayForm(request.POST, days=acts.days_to_draft(plan))
    if not form.is_valid():
        raise NotNow(first_error(form))
    made = acts.draft(plan=plan, day=form.cleaned_data["day"], actor=request.actor, now=request.now)
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


def _mine(request: Request, slug: str, pk: int) -> Standing:
    plan_or_404(request, slug)
    require(can_edit_standings(request.actor))
    return standing_or_404(request, slug, pk)


@require_POST
def standing_refresh(request: Request, slug: str, pk: int) -> HttpResponse:
    """重新计算."""
    found = _mine(request, slug, pk)
    _, is_changed = acts.refresh(standing=found, actor=request.actor, now=request.now)
    said = "已按现在的数据重新计算，有变化，请核对。" if is_changed else "已重新计算，没有变化。"
    messages.success(request, said)
    return redirect("reports:standing", slug, pk)


@require_POST
def standing_approve(request: Request, slug: str, pk: int) -> HttpResponse:
    """登记批准."""
    found = _mine(request, slug, pk)
    form = ApprovalForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _approve(request, found, form)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{found}已登记批准，市领导和各单位可以查阅，数据不再改变。")
            return redirect("reports:standing", slug, pk)
    messages.error(request, first_error(form))
    context = table_page(found, request.actor) | {"approve": form}
    return render(request, "reports/standings/standing.html", context, status=409)


def _approve(request: Request, found: Standing, form: ApprovalForm) -> None:
    """The scan is judged before the transaction, and goes again when the approval is refused."""
    approval = form.approval(request.actor, request.now)
    add_scan(approval, checked_upload(request, form.cleaned_data["scan"]))
    with gone_on_failure([approval]):
        acts.approve(
            standing=found,
            approval=approval,
            shown=form.cleaned_data["shown"],
            actor=request.actor,
            now=request.now,
        )


def _with_reason(
    request: Request, slug: str, pk: int, name: str, act: Callable[..., Standing]
) -> Standing | HttpResponse:
    """Carry out `act` with its reason; else the page again, with what was typed."""
    found = _mine(request, slug, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        return act(standing=found, reason=reason, actor=request.actor, now=request.now)
    messages.error(request, first_error(form))
    context = table_page(found, request.actor) | {name: form}
    return render(request, "reports/standings/standing.html", context, status=409)


@require_POST
def standing_drop(request: Request, slug: str, pk: int) -> HttpResponse:
    """作废."""
    done = _with_reason(request, slug, pk, "drop", acts.drop)
    if isinstance(done, HttpResponse):
        return done
    messages.success(request, f"{done}草稿已作废，这一期可以重新拟定。")
    return redirect("reports:standings", slug)


@require_POST
def standing_revoke(request: Request, slug: str, pk: int) -> HttpResponse:
    """撤销."""
    done = _with_reason(request, slug, pk, "revoke", acts.revoke)
    if isinstance(done, HttpResponse):
        return done
    messages.success(request, f"{done}已撤销，不再对外；这一期可以重新拟定。")
    return redirect("reports:standings", slug)
