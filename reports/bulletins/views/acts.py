"""What the office does with a paper: edit, newer figures, checking, signature, correction."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from huangshi_tasks.lib.file_kinds import Unacceptable
from progress.periods.access import plan_or_404
from reports.bulletins import acts, drafting
from reports.bulletins.changes import fingerprint
from reports.bulletins.forms import ApprovalForm, SectionsForm
from reports.bulletins.lines import lines_of
from reports.bulletins.pages import answered, reading_page
from reports.bulletins.signing import sign_with
from reports.bulletins.views.bulletins import bulletin_or_404
from reports.bulletins.workflow import can_edit_bulletins
from reports.models import Bulletin, BulletinState
from units.errors import NotNow
from units.face.act_forms import ReasonForm, first_error
from units.http import Request
from units.permissions import require


def _mine(request: Request, slug: str, pk: int) -> Bulletin:
    plan_or_404(request, slug)
    require(can_edit_bulletins(request.actor))
    return bulletin_or_404(request, slug, pk)


def _done(request: Request, bulletin: Bulletin, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("reports:bulletin", bulletin.plan.slug, bulletin.pk)


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
        return _done(request, found, f"已采用新数据，{len(changes)}处变化，请核对有关文字。")
    new, changes = drafting.newer_figures(found, request.actor, request.today)
    context = {
        "plan": found.plan,
        "bulletin": found,
        "changes": changes,
        "shown": fingerprint(new),
    }
    return render(request, "reports/bulletins/bulletin_refresh.html", context)


@require_POST
def bulletin_ask(request: Request, slug: str, pk: int) -> HttpResponse:
    """送单位核对."""
    found = _mine(request, slug, pk)
    acts.ask(bulletin=found, actor=request.actor, now=request.now)
    return _done(request, found, "已送点名单位核对，各单位在消息中看到本单位的内容。")


@require_POST
def bulletin_take_back(request: Request, slug: str, pk: int) -> HttpResponse:
    """收回修改."""
    found = _mine(request, slug, pk)
    acts.take_back(bulletin=found, actor=request.actor, now=request.now)
    return _done(request, found, "已收回，可以更新数据；改好后重新送单位核对。")


@require_POST
def bulletin_issue(request: Request, slug: str, pk: int) -> HttpResponse:
    """印发."""
    found = acts.issue(bulletin=_mine(request, slug, pk), actor=request.actor, now=request.now)
    return _done(request, found, f"{found}已印发，文件不再改变。")


@require_POST
def bulletin_sign(request: Request, slug: str, pk: int) -> HttpResponse:
    """登记签发."""
    found = _mine(request, slug, pk)
    form = ApprovalForm(request.POST, request.FILES, today=request.today)
    if form.is_valid():
        try:
            sign_with(
                bulletin=found, values=form.cleaned_data, actor=request.actor, now=request.now
            )
        except Unacceptable as problem:
            form.add_error("scan", f"{form.cleaned_data['scan'].name}：{problem}")
        else:
            return _done(request, found, f"{found}已登记签发，可以印发。")
    messages.error(request, first_error(form))
    context = reading_page(found, request.actor) | {"approval_form": form}
    return render(request, "reports/bulletins/bulletin.html", context, status=409)


def _with_reason(
    request: Request, found: Bulletin, name: str, act: Callable[..., Bulletin]
) -> Bulletin | HttpResponse:
    """Carry out `act` with its reason; else the page again, with what was typed."""
    form: forms.Form = ReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        return act(bulletin=found, reason=reason, actor=request.actor, now=request.now)
    messages.error(request, first_error(form))
    context = reading_page(found, request.actor) | {"posted_act": name, "posted": form}
    return render(request, "reports/bulletins/bulletin.html", context, status=409)


@require_POST
def bulletin_withdraw(request: Request, slug: str, pk: int) -> HttpResponse:
    """撤回签发."""
    done = _with_reason(request, _mine(request, slug, pk), "withdraw", acts.withdraw)
    if isinstance(done, HttpResponse):
        return done
    return _done(request, done, "已撤回签发，改好后重新登记。")


@require_POST
def bulletin_drop(request: Request, slug: str, pk: int) -> HttpResponse:
    """作废."""
    done = _with_reason(request, _mine(request, slug, pk), "drop", acts.drop)
    if isinstance(done, HttpResponse):
        return done
    messages.success(request, f"{done}已作废。")
    return redirect("reports:bulletins", slug)


@require_POST
def bulletin_correct(request: Request, slug: str, pk: int) -> HttpResponse:
    """更正: a new edition of what was issued."""
    done = _with_reason(request, _mine(request, slug, pk), "correct", drafting.correct)
    if isinstance(done, HttpResponse):
        return done
    messages.success(request, f"已开启{done}，原件不变。")
    return redirect("reports:bulletin_edit", slug, done.pk)
