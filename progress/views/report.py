"""填报: the page of one report. Whoever may write and is in time gets the form, others read it."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from progress import drafts, workflow
from progress.access import plan_or_404
from progress.draft_form import DraftForm
from progress.drafts import Conflict
from progress.form_page import heading_of, page_of
from progress.looking import files_of, look_at
from progress.models import ProgressReport
from progress.permissions import can_write, window
from progress.reading_page import reading_page
from progress.versions import returned_among, versions_of
from units.errors import NotNow
from units.http import Request
from units.permissions import require

CONFLICT = "有内容同时被他人修改，没有覆盖。您填写的保留在字段中，请与标出的内容核对后再保存。"
UNREADABLE = "有内容未能识别，其余内容已保存，请修改标出的字段。"


def report_or_404(request: Request, slug: str, pk: int) -> ProgressReport:
    """The report, inside what the actor may see; the period's reports are made on first read."""
    plan = plan_or_404(request, slug)
    reports = ProgressReport.objects.visible_to(request.actor).filter(period__plan=plan)
    related = reports.select_related(
        "period__plan", "responsibility__task__plan", "responsibility__unit", "accepted_version"
    )
    return get_object_or_404(related, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Request, slug: str, pk: int) -> HttpResponse:
    """GET shows, POST saves the draft."""
    found = report_or_404(request, slug, pk)
    if request.method == "POST":
        return _save(request, found)
    if found.is_editable and can_write(request.actor, found) and window(found, request.today):
        return _form(request, found)
    context = reading_page(found, request.actor, request.today)
    return render(request, "progress/report_read.html", context)


@require_POST
def submit(request: Request, slug: str, pk: int) -> HttpResponse:
    """送本单位审签: save what was typed first, then send."""
    return _save(request, report_or_404(request, slug, pk), then_submit=True)


def _save(request: Request, found: ProgressReport, *, then_submit: bool = False) -> HttpResponse:
    require(can_write(request.actor, found))
    look = look_at(found, found.latest())
    form = DraftForm(request.POST, look=look)
    base = request.POST.get("base", "")
    try:
        saved = drafts.save_draft(
            report=found, actor=request.actor, now=request.now, values=form.values(), base=base
        )
        if form.errors or saved.conflicts:
            messages.error(request, CONFLICT if saved.conflicts else UNREADABLE)
            return _form(request, found, form, saved.conflicts, status=409)
        if then_submit:
            workflow.submit(report=found, actor=request.actor, now=request.now)
    except NotNow as problem:
        messages.error(request, str(problem))
        return _form(request, found, form, status=409)
    if then_submit:
        messages.success(request, f"{found}已送本单位审签。")
        return redirect("reports:desk", found.period.plan.slug)
    messages.success(request, "草稿已保存。")
    return redirect("progress:report", found.period.plan.slug, found.pk)


def _form(
    request: Request,
    found: ProgressReport,
    posted: DraftForm | None = None,
    conflicts: Sequence[Conflict] = (),
    status: int = 200,
) -> HttpResponse:
    """The form, with what was typed when `posted` is given, and the findings as they stand now."""
    versions = versions_of(found)
    look = look_at(found, versions[0] if versions else None)
    form = posted or DraftForm(look=look)
    form.add_explanations(look.findings)
    context = heading_of(found) | {
        "form": form,
        "look": look,
        "page": page_of(look, form, conflicts),
        "base": drafts.fingerprint(look.version),
        "returned": returned_among(versions),
        "files": files_of(found),
    }
    return render(request, "progress/report.html", context, status=status)
