"""Files of a report: upload, the stamped sheet as signature, download, taking off."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from progress import drafts, workflow
from progress.act_forms import UploadForm, first_error
from progress.models import Evidence, EvidenceKind, ProgressReport, ReportState, ReportVersion
from progress.permissions import can_see_drafts, can_send_signed_sheet, can_write
from progress.uploads import Unacceptable, attach, withdraw_evidence
from progress.views.report import report_or_404
from units import log
from units.errors import NotNow
from units.http import Request
from units.permissions import require


@require_POST
def evidence_upload(request: Request, slug: str, pk: int) -> HttpResponse:
    """佐证材料: one file onto the version being written."""
    report = report_or_404(request, slug, pk)
    require(can_write(request.actor, report))
    kept = _attach(request, report, _version_to_write(request, report), EvidenceKind.EVIDENCE)
    messages.success(request, f"已上传：{kept.name}。")
    return redirect("progress:report", slug, pk)


def _version_to_write(request: Request, report: ProgressReport) -> ReportVersion:
    """The draft, made by an empty save when nothing was typed yet; checks that it is open."""
    nothing = drafts.save_draft(
        report=report, actor=request.actor, now=request.now, values={}, base=""
    )
    return nothing.version


@require_POST
def sign_offline(request: Request, slug: str, pk: int) -> HttpResponse:
    """线下审签: the scan of the stamped sheet is the signature, and the report leaves with it."""
    report = report_or_404(request, slug, pk)
    require(can_send_signed_sheet(request.actor, report))
    version = report.latest()
    if version is None or report.state != ReportState.SIGNING:
        raise NotNow(f"{report}当前为“{report.get_state_display()}”，不能上传审签扫描件。")
    sheet = None
    try:
        with transaction.atomic():
            sheet = _attach(request, report, version, EvidenceKind.SIGNED_SHEET)
            workflow.sign_offline(report=report, actor=request.actor, now=request.now, sheet=sheet)
    except NotNow:
        if sheet is not None:  # the row is gone with the transaction, its file must go too
            sheet.file.delete(save=False)
        raise
    messages.success(request, f"{report}已凭盖章报送单报送督查室。")
    return redirect("progress:report", slug, pk)


def _attach(
    request: Request, report: ProgressReport, version: ReportVersion, kind: EvidenceKind
) -> Evidence:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        raise NotNow(first_error(form))
    try:
        return attach(
            upload=form.cleaned_data["file"],
            kind=kind,
            report=report,
            version=version,
            actor=request.actor,
            now=request.now,
        )
    except Unacceptable as problem:
        name = form.cleaned_data["file"].name
        raise NotNow(f"{name}：{problem}") from None


@require_POST
def evidence_withdraw(request: Request, slug: str, pk: int) -> HttpResponse:
    """Take a file off while its report is still being written."""
    evidence = _evidence_or_404(request, slug, pk)
    version = evidence.version
    if version is None:
        raise Http404
    require(can_write(request.actor, version.report))
    if not version.report.is_editable or not evidence.may_be_taken_off:
        raise NotNow(f"{evidence.name}已随报送稿提交，不能撤下。")
    withdraw_evidence(evidence=evidence, actor=request.actor, now=request.now)
    messages.success(request, f"已撤下：{evidence.name}。")
    return redirect("progress:report", slug, version.report.pk)


@require_safe
def evidence(request: Request, slug: str, pk: int) -> HttpResponseBase:
    """Always an attachment, of the type that was found in it, and in the log."""
    found = _evidence_or_404(request, slug, pk)
    version = found.version
    if found.withdrawn_at and version and not can_see_drafts(request.actor, version.report):
        raise Http404
    try:
        opened = found.file.open("rb")
    except FileNotFoundError:
        raise NotNow(f"{found.name}的文件不在服务器上，请联系系统管理员。") from None
    with transaction.atomic():
        log.record(
            actor=request.actor,
            action="evidence.download",
            subject=found,
            summary=f"下载{found.get_kind_display()}：{found.name}",
            now=request.now,
        )
    response = FileResponse(
        opened, as_attachment=True, filename=found.name, content_type=found.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _evidence_or_404(request: Request, slug: str, pk: int) -> Evidence:
    visible = Evidence.objects.visible_to(request.actor).filter(task__plan__slug=slug)
    related = visible.select_related(
        "version__report__period__plan", "version__report__responsibility__unit"
    )
    return get_object_or_404(related, pk=pk)
