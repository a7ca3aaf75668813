"""What the office does with a paper: edit, newer figures, checking, signature, correction."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from huangshi_tasks.lib.file_kinds import Unacceptable
from progress.periods.access import plan_or_404
from reports.before_signing.acts import answer
from reports.bulletins import acts, drafting, leaving
from reports.bulletins.changes import fingerprint
from reports.bulletins.checklist import list_before_signing, list_page
from reports.bulletins.forms import ApprovalForm, ScanForm, SectionsForm
from reports.bulletins.lines import lines_of
from reports.bulletins.pages import answered, reading_page
from reports.bulletins.signing import sign_with
from reports.bulletins.views.bulletins import bulletin_or_404
from reports.bulletins.workflow import can_edit_bulletins
from reports.models import Bulletin, BulletinState
from units.acting_page import Act, Page, by_name, carry_out
from units.errors import NotNow
from units.face.act_forms import ReasonForm, first_error
from units.files.uploads import checked_upload
from units.http import Request
from units.permissions import require


def _mine(request: Request, slug: str, pk: int) -> Bulletin:
    plan_or_404(request, slug)
    require(can_edit_bulletins(request.actor))
    return bulletin_or_404(request, slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def bulletin_edit(request: Request, slug: str, pk: int) -> HttpResponse:
    """The texts, with each line's answer beside it."""
    found = _mine(request, slug, pk)
    is_post = request.method == "POST"
    if not is_post and not found.is_editable:
        raise NotNow(f"{found}当前为“{found.get_state_display()}”，不能再修改。")
    lines = lines_of(found)
    form = SectionsForm(request.POST if is_post else None, bulletin=found, lines=lines)
    if is_post and form.is_valid() and _save(request, found, form):
        messages.success(request, "已保存。")
        return redirect("reports:bulletin_edit", slug, pk)
    context = {"plan": found.plan, "bulletin": found, "form": form, "answers": answered(lines)}
    status = 409 if is_post else 200
    return render(request, "reports/bulletins/bulletin_edit.html", context, status=status)


def _save(request: Request, found: Bulletin, form: SectionsForm) -> bool:
    """Whether it was saved; else the form says why, and keeps what was typed."""
    try:
        acts.save_sections(
            bulletin=found,
            values=form.texts(),
            words=form.words(),
            taken_out=form.taken_out(),
            actor=request.actor,
            now=request.now,
        )
    except NotNow as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def bulletin_refresh(request: Request, slug: str, pk: int) -> HttpResponse:
    """What newer figures would change; POST takes over exactly what was shown."""
    found = _mine(request, slug, pk)
    if found.state != BulletinState.DRAFT:
        raise NotNow(f"{found}当前为“{found.get_state_display()}”，收回修改以后才能更新数据。")
    if request.method == "POST":
        shown = request.POST.get("shown", "")
        changes = drafting.refresh(
            bulletin=found, shown=shown, actor=request.actor, now=request.now
        )
        messages.success(request, f"已采用新数据，{len(changes)}处变化，请核对有关文字。")
        return redirect(found)
    new, changes = drafting.newer_figures(found, request.actor, request.today)
    context = {
        "plan": found.plan,
        "bulletin": found,
        "changes": changes,
        "shown": fingerprint(new),
    }
    return render(request, "reports/bulletins/bulletin_refresh.html", context)


@require_POST
def bulletin_answer_list(request: Request, slug: str, pk: int) -> HttpResponse:
    """Answer lines of the list before signing; what is left on its first choice stays open."""
    found = _mine(request, slug, pk)
    chosen = {
        name.removeprefix("line-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("line-") and value
    }
    lines = list_before_signing(found, request.actor, request.today)
    answer(bulletin=found, lines=lines, chosen=chosen, actor=request.actor, now=request.now)
    messages.success(request, f"已答复{len(chosen)}条。")
    return redirect(found)


ACTS = by_name(
    Act("ask", acts.ask, "已送点名单位核对，各单位在消息中看到本单位的内容。"),
    Act("take_back", acts.take_back, "已收回，可以更新数据；改好后重新送单位核对。"),
    Act(
        "sign",
        sign_with,
        "{thing}已登记签发，可以印发。",
        ApprovalForm,
        options=lambda _, today: {"today": today},
        given=lambda _, form: {"values": form.cleaned_data},
        kept=(Unacceptable,),
    ),
    Act(
        "scan",
        leaving.add_scan,
        "已登记{thing}的盖章扫描件。",
        ScanForm,
        given=lambda request, form: {"scan": checked_upload(request, form.cleaned_data["scan"])},
    ),
    Act("issue", acts.issue, "{made}已印发，文件不再改变。"),
    Act("withdraw", acts.withdraw, "已撤回签发，改好后重新登记。", ReasonForm, kept=()),
    Act("drop", acts.drop, "{made}已作废。", ReasonForm, to="reports:bulletins", kept=()),
    Act(
        "correct",
        drafting.correct,
        "已开启{made}，原件不变。",
        ReasonForm,
        to=lambda made: reverse("reports:bulletin_edit", args=[made.plan.slug, made.pk]),
        kept=(),
    ),
)


def _again(
    request: Request, bulletin: Bulletin, name: str, form: forms.Form, problem: str
) -> HttpResponse:
    if problem and name == "sign":
        form.add_error("scan", f"{form.cleaned_data['scan'].name}：{problem}")
    elif problem:
        form.add_error("scan", problem)
    messages.error(request, first_error(form))
    posted = {"approval_form": form} if name == "sign" else {"posted_act": name, "posted": form}
    context = reading_page(bulletin, request.actor) | posted
    context["before_signing"] = list_page(bulletin, request.actor, request.today)
    return render(request, "reports/bulletins/bulletin.html", context, status=409)


PAGE = Page("bulletin", Bulletin.get_absolute_url, _again)


@require_POST
def bulletin_do(request: Request, slug: str, pk: int, act: str) -> HttpResponse:
    """One act on it; the address says which."""
    return carry_out(request, _mine(request, slug, pk), ACTS[act], PAGE)
