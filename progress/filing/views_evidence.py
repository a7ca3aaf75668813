"""Files of a report: upload, the stamped sheet as signature, taking off."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from progress.evidence.access import evidence_or_404
from progress.evidence.receiving import answer, checked_files, one_checked_file, take
from progress.evidence.uploads import attach, withdraw_evidence
from progress.filing import drafts
from progress.lifecycle import by_unit
from progress.lifecycle.permissions import can_send_signed_sheet, can_write
from progress.models import (
    Evidence,
    EvidenceKind,
    ProgressReport,
    ReportState,
    ReportVersion,
    SiteVisit,
)
from progress.periods.access import report_or_404
from progress.visits.permissions import can_visit
from tasks.models import SubItem
from tasks.sub_items.rules import can_edit
from units.errors import NotNow
from units.files.keeping import gone_on_failure
from units.http import Request
from units.permissions import require


@require_POST
def evidence_upload(request: Request, slug: str, pk: int) -> HttpResponse:
    """佐证材料: files onto the version being written. Good ones are kept, of each other one the
    person reads why not.
    """
    report = report_or_404(request, slug, pk)
    require(can_write(request.actor, report))
    checked, refused = checked_files(request)
    version = _version_to_write(request, report) if checked else None
    taken = take(
        request,
        checked,
        refused,
        kind=EvidenceKind.EVIDENCE,
        among=Evidence.objects.filter(version__report=report, kind=EvidenceKind.EVIDENCE),
        subject=report,
        task=report.task,
        unit=report.unit,
        version=version,
    )
    return answer(request, report.period.plan, taken, "progress:report", slug, pk)


def _version_to_write(request: Request, report: ProgressReport) -> ReportVersion:
    """The draft, made by an empty save when nothing was typed yet; checks that it is open."""
    nothing = drafts.save_draft(
        report=report, actor=request.actor, now=request.now, values={}, base="", allowed=set()
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
    checked = one_checked_file(request)
    if not checked.kind.is_scan:
        raise NotNow("盖章报送单请上传扫描件或照片（PDF、OFD、JPG、PNG）。")
    kept: list[Evidence] = []
    with gone_on_failure(kept), transaction.atomic():
        sheet = attach(
            checked=checked,
            kind=EvidenceKind.SIGNED_SHEET,
            task=report.task,
            unit=report.unit,
            subject=report,
            actor=request.actor,
            now=request.now,
            version=version,
        )
        kept.append(sheet)
        by_unit.sign_offline(report=report, actor=request.actor, now=request.now, sheet=sheet)
    messages.success(request, f"{report}已凭盖章报送单报送督查室。")
    return redirect("progress:report", slug, pk)


@require_POST
def evidence_withdraw(request: Request, slug: str, pk: int) -> HttpResponse:
    """Take a file off while its report is still being written."""
    evidence = evidence_or_404(request, slug, pk)
    version = evidence.version
    if evidence.sub_item is not None:
        return _photo_taken_off(request, slug, evidence, evidence.sub_item)
    if evidence.visit is not None:
        return _taken_off_visit(request, slug, evidence, evidence.visit)
    if version is None:
        raise Http404
    require(can_write(request.actor, version.report))
    if not version.report.is_editable or not evidence.may_be_taken_off:
        raise NotNow(f"{evidence.name}已随报送稿提交，不能撤下。")
    return _taken_off(request, evidence, "progress:report", slug, version.report.pk)


def _taken_off(request: Request, evidence: Evidence, page: str, slug: str, pk: int) -> HttpResponse:
    withdraw_evidence(evidence=evidence, actor=request.actor, now=request.now)
    messages.success(request, f"已撤下：{evidence.name}。")
    return redirect(page, slug, pk)


def _photo_taken_off(
    request: Request, slug: str, evidence: Evidence, sub_item: SubItem
) -> HttpResponse:
    require(can_edit(request.actor, sub_item.indicator, sub_item.unit, request.today))
    if not evidence.may_be_taken_off:
        raise NotNow(f"{evidence.name}已撤下。")
    return _taken_off(request, evidence, "progress:sub_item", slug, sub_item.pk)


def _taken_off_visit(
    request: Request, slug: str, evidence: Evidence, visit: SiteVisit
) -> HttpResponse:
    require(can_visit(request.actor, visit))
    if not visit.is_open or not evidence.may_be_taken_off:
        raise NotNow(f"{evidence.name}已随核查存档，不能撤下。")
    return _taken_off(request, evidence, "progress:visit", slug, visit.pk)
