"""审核: the queue, and one report at a time; after a decision the next one opens by itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from progress import workflow
from progress.access import plan_or_404
from progress.differences import differences
from progress.form_page import heading_of, page_of
from progress.looking import Look, files_of, look_at
from progress.models import ProgressReport, ReportState
from progress.permissions import can_review
from progress.review_form import ASK_REASON, ReviewForm
from progress.review_queue import Queue, queue_of
from progress.views.report import report_or_404
from units.errors import NotNow
from units.http import Request
from units.permissions import can_run_the_year, require

TEXTS = (("progress", "进展情况"), ("problems", "存在问题"), ("next_steps", "下一步工作安排"))


@require_safe
def review(request: Request, slug: str) -> HttpResponse:
    """The queue, with its first report open."""
    require(can_run_the_year(request.actor))
    plan = plan_or_404(request, slug)
    queue = queue_of(plan, request.now)
    if queue.rows:
        return redirect("progress:review_report", slug, queue.rows[0].report.pk)
    return render(request, "progress/review_empty.html", {"plan": plan, "queue": queue})


@require_safe
def review_report(request: Request, slug: str, pk: int) -> HttpResponse:
    """One report beside the queue. What does not wait any more is shown as it is."""
    require(can_run_the_year(request.actor))
    found = report_or_404(request, slug, pk)
    if found.state != ReportState.REVIEWING:
        return redirect("progress:report", slug, pk)
    return _page(request, found)


def _page(
    request: Request, found: ProgressReport, posted: ReviewForm | None = None, status: int = 200
) -> HttpResponse:
    look = look_at(found, found.latest())
    queue = queue_of(found.period.plan, request.now)
    form = posted if posted is not None else _form(look)
    verdict = can_review(request.actor, found)
    context = heading_of(found) | {
        "look": look,
        "page": page_of(look),
        "form": form,
        "queue": queue,
        "texts": _texts(look),
        "files": files_of(found),
        "refusal": verdict.reason,
        "is_decided": found.state != ReportState.REVIEWING,
    }
    return render(request, "progress/review.html", context, status=status)


def _form(look: Look, data: Any = None) -> ReviewForm:
    """Prefilled with the unit's own words: most are taken over as they are."""
    version = look.version
    readings = list(version.readings.select_related("indicator", "unit")) if version else []
    initial = {
        "digest": version.progress if version else "",
        "next_digest": version.next_steps if version else "",
    }
    return ReviewForm(data, readings=readings, initial=initial)


def _texts(look: Look) -> list[dict[str, Any]]:
    """Last period's accepted texts against this one's, with what changed."""
    rows = []
    for name, label in TEXTS:
        before = getattr(look.previous, name, "") or ""
        after = getattr(look.version, name, "") or ""
        old, new = differences(before, after)
        rows.append({"label": label, "before": old, "after": new})
    return rows


@require_POST
def accept(request: Request, slug: str, pk: int) -> HttpResponse:
    """通过, with 采用稿, 核定数 and, when it must be, the office's own light."""
    found = report_or_404(request, slug, pk)
    require(can_run_the_year(request.actor))
    form = _form(look_at(found, found.latest()), request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=409)
    try:
        workflow.accept(
            report=found,
            actor=request.actor,
            now=request.now,
            digest=form.cleaned_data["digest"],
            next_digest=form.cleaned_data["next_digest"],
            verified=form.verified,
            override_light=form.cleaned_data["override_light"],
            override_reason=form.cleaned_data["override_reason"],
        )
    except NotNow as problem:
        return _refused(request, found, form, problem)
    messages.success(request, f"{found}已通过。")
    return _next(request, found)


@require_POST
def return_to_unit(request: Request, slug: str, pk: int) -> HttpResponse:
    """退回, with standard reasons and own words."""
    found = report_or_404(request, slug, pk)
    require(can_run_the_year(request.actor))
    form = _form(look_at(found, found.latest()), request.POST)
    valid = form.is_valid()
    if valid and not form.reason_for_return():
        form.add_error("reason", ASK_REASON)
    if not valid or form.errors:
        return _page(request, found, form, status=409)
    try:
        workflow.return_to_unit(
            report=found,
            actor=request.actor,
            now=request.now,
            reason=form.reason_for_return(),
            first_was_empty=form.cleaned_data["first_was_empty"],
        )
    except NotNow as problem:
        return _refused(request, found, form, problem)
    messages.success(request, f"{found}已退回{found.unit}，联络员将收到消息。")
    return _next(request, found)


def _refused(
    request: Request, found: ProgressReport, form: ReviewForm, problem: NotNow
) -> HttpResponse:
    """Somebody was faster, or it cannot be: say so, and keep what was typed on the page."""
    messages.error(request, str(problem))
    found.refresh_from_db()
    return _page(request, found, form, status=409)


def _next(request: Request, found: ProgressReport) -> HttpResponse:
    queue: Queue = queue_of(found.period.plan, request.now)
    following = queue.after(found)
    if following is None:
        return redirect("progress:review", found.period.plan.slug)
    return redirect("progress:review_report", found.period.plan.slug, following.pk)
