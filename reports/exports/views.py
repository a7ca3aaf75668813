"""导出任务: what is being made for this person, to be fetched, cancelled; and the archive."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress.periods.access import periods_of, plan_or_404
from reports.exports.asking import ask, cancel
from reports.models import ARCHIVE, Export, ExportState
from reports.workbooks.choice import TELEPHONES
from tasks.watermark import set_watermark
from units.files.attachments import hand_out
from units.http import Request
from units.once.claims import once
from units.permissions import can_run_the_year, require


@require_safe
def exports(request: Request, slug: str) -> HttpResponse:
    """The person's own, newest first."""
    plan = plan_or_404(request, slug)
    mine = Export.objects.filter(plan=plan, requested_by=request.actor.user)
    context = {
        "plan": plan,
        "exports": mine[:50],
        "is_waiting": mine.filter(state__in=(ExportState.WAITING, ExportState.RUNNING)).exists(),
        "open_periods": [p for p in periods_of(plan) if not (p.is_finalized or p.is_before)],
    }
    return render(request, "reports/exports/exports.html", context)


@require_POST
def export_cancel(request: Request, slug: str, pk: int) -> HttpResponse:
    plan = plan_or_404(request, slug)
    mine = Export.objects.filter(plan=plan, requested_by=request.actor.user)
    export = cancel(export=get_object_or_404(mine, pk=pk), actor=request.actor, now=request.now)
    messages.success(request, f"已取消：{export.title}。")
    return redirect("reports:exports", slug)


@require_safe
def export_file(request: Request, slug: str, pk: int) -> HttpResponseBase:
    """The file, while it is kept; each download is in the log."""
    plan = plan_or_404(request, slug)
    mine = Export.objects.filter(plan=plan, requested_by=request.actor.user)
    export = get_object_or_404(mine, pk=pk, appointment=request.actor.appointment)
    if export.state != ExportState.READY:
        raise Http404
    return hand_out(
        request,
        export.file,
        export.name,
        subject=export,
        action="export",
        summary=f"下载{export.title}",
        changes={"file": export.name, "sha256": export.sha256},
    )


@require_POST
def archive(request: Request, slug: str) -> HttpResponse:
    """Ask for the archive of the year."""
    require(can_run_the_year(request.actor))
    plan = plan_or_404(request, slug)
    title = f"{plan.year}年归档包"
    with once(request, "归档包已申请过，没有重复生成。") as claim:
        ask(
            plan=plan,
            book=ARCHIVE,
            title=title,
            query=f"{TELEPHONES}=1" if TELEPHONES in request.POST else "",
            actor=request.actor,
            now=request.now,
        )
        claim.leads_to("reports:exports", slug)
    messages.success(request, f"{title}正在生成，完成后发送消息。")
    return redirect("reports:exports", slug)


@require_POST
def watermark(request: Request, slug: str) -> HttpResponse:
    """Switch the watermark of the plan's pages and files on or off."""
    plan = plan_or_404(request, slug)
    is_on = request.POST.get("watermark") == "on"
    set_watermark(plan=plan, is_on=is_on, actor=request.actor, now=request.now)
    messages.success(request, f"水印已{'启用' if is_on else '停用'}。")
    return redirect("reports:exports", slug)
