"""督查通报, 专报, 公示稿: the list, one paper, its files, drafting."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress.periods.access import plan_or_404
from reports.bulletins import drafting
from reports.bulletins.acts import file_name, why_not_sign
from reports.bulletins.checklist import list_page, why_not_answered
from reports.bulletins.forms import ApprovalForm, DraftForm
from reports.bulletins.lines import lines_of
from reports.bulletins.pages import (
    bulletins_of,
    lines_to_check,
    periods_to_draft,
    reading_page,
)
from reports.bulletins.paper.document import paper_of
from reports.bulletins.paper.publication import plain_text
from reports.bulletins.workflow import can_edit_bulletins
from reports.frame.marking import mark_of
from reports.models import Bulletin, BulletinKind
from reports.word.writing import CONTENT_TYPE, write
from units.errors import NotNow
from units.face.act_forms import first_error
from units.files.attachments import hand_out, hand_out_made
from units.http import Request
from units.once.claims import once
from units.permissions import require


def bulletin_or_404(request: Request, slug: str, pk: int) -> Bulletin:
    """The paper, inside what the actor may see; through the relation, so it knows its plan."""
    found = plan_or_404(request, slug).bulletins.visible_to(request.actor)
    return get_object_or_404(
        found.select_related("period", "approval__post", "corrects", "corrected_by"), pk=pk
    )


@require_safe
def bulletins(request: Request, slug: str) -> HttpResponse:
    plan = plan_or_404(request, slug)
    context = {
        "plan": plan,
        "bulletins": bulletins_of(plan, request.actor),
        "waiting": lines_to_check(plan, request.actor),
        "may_draft": bool(can_edit_bulletins(request.actor)),
        "form": DraftForm(periods=periods_to_draft(plan)) if request.actor.is_office else None,
    }
    return render(request, "reports/bulletins/bulletins.html", context)


@require_POST
def bulletin_draft(request: Request, slug: str) -> HttpResponse:
    """起草, one click from a finalized period."""
    plan = plan_or_404(request, slug)
    require(can_edit_bulletins(request.actor))
    form = DraftForm(request.POST, periods=periods_to_draft(plan))
    if not form.is_valid():
        raise NotNow(first_error(form))
    period = form.cleaned_data["period"]
    period.plan = plan
    with once(request, "刚才已经起草过，没有重复起草。") as claim:
        made = drafting.draft(
            period=period, kind=form.cleaned_data["kind"], actor=request.actor, now=request.now
        )
        claim.leads_to("reports:bulletin_edit", slug, made.pk)
    messages.success(request, f"已起草{made}，请核对各段文字。")
    return redirect("reports:bulletin_edit", slug, made.pk)


@require_safe
def bulletin(request: Request, slug: str, pk: int) -> HttpResponse:
    """The paper as it prints; the office acts from here."""
    found = bulletin_or_404(request, slug, pk)
    context = reading_page(found, request.actor)
    before_signing = list_page(found, request.actor, request.today)
    context["before_signing"] = before_signing
    if "sign" in context["may"] and before_signing is not None:
        context["approval_form"] = ApprovalForm(today=request.today)
        context["why_not_sign"] = why_not_sign(
            found, context["lines"], request.today
        ) or why_not_answered([row.line for row in before_signing.rows], found)
    return render(request, "reports/bulletins/bulletin.html", context)


@require_safe
def bulletin_word(request: Request, slug: str, pk: int) -> HttpResponseBase:
    """The stored file of what was issued, byte for byte and so without a mark; of a draft the
    paper as it stands.
    """
    found = bulletin_or_404(request, slug, pk)
    name = found.file_name or file_name(found)
    if found.is_frozen:
        return hand_out(
            request,
            found.file,
            name,
            subject=found,
            summary=f"下载{found}",
            content_type=CONTENT_TYPE,
            changes={"file": name, "sha256": found.sha256},
        )
    mark = mark_of(found.plan, request.actor, request.now)
    content = write(paper_of(found, lines_of(found)), mark)
    return _made(request, found, content, name, CONTENT_TYPE)


@require_safe
def bulletin_text(request: Request, slug: str, pk: int) -> HttpResponse:
    """公示稿 as plain text, for the editors of the web page."""
    found = bulletin_or_404(request, slug, pk)
    if found.kind != BulletinKind.PUBLICATION:
        raise NotNow("只有公示稿提供纯文本，请下载Word。")
    name = (found.file_name or file_name(found)).replace(".docx", ".txt")
    text = plain_text(paper_of(found, lines_of(found))).encode("utf-8-sig", "replace")
    return _made(request, found, text, name, "text/plain; charset=utf-8")


def _made(
    request: Request, found: Bulletin, content: bytes, name: str, content_type: str
) -> HttpResponse:
    return hand_out_made(
        request,
        content,
        name,
        subject=found,
        action="bulletin.download",
        summary=f"下载{found}",
        content_type=content_type,
        sha256=found.sha256,
    )
