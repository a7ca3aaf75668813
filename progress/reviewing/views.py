"""审核: the queue, and one report at a time; after a decision the next one opens by itself.

通过 is held for some seconds (`lifecycle.held`), and can be taken back from the page that opens.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from progress.checking.compared import compared_texts
from progress.checking.look import Look, files_of, look_at
from progress.contents.versions import last_decided
from progress.filing.page import heading_of, page_of
from progress.lifecycle import by_office
from progress.lifecycle.held import carry_out_due, carry_out_of, hold, take_back
from progress.lifecycle.permissions import can_review_version
from progress.models import ProgressReport, ReportState
from progress.periods.access import plan_or_404, report_or_404
from progress.reviewing.form import ReviewForm
from progress.reviewing.queue import QueueRow, queue_of
from progress.reviewing.shelf import Shelf, shelf_of
from tasks.holders.portfolios import supervised_by
from tasks.models import Plan, Task
from units.errors import NotNow
from units.http import Request
from units.permissions import can_run_the_year, require

OPENED, MOST_OPENED = "opened_versions", 400
INCOMPLETE = "还不能办理，请修改标出的内容；已填写的都保留在本页。"
TOO_LATE = "没有可以撤销的通过；需要改动的，请在进展页面更正。"
DECIDED = "已由他人审核，本次没有办理；您填写的内容保留在本页。"


@require_safe
def review(request: Request, slug: str) -> HttpResponse:
    """The queue, with its first report open."""
    require(can_run_the_year(request.actor))
    plan = plan_or_404(request, slug)
    shelf = shelf_for(request, plan)
    if shelf.queue.undecided:
        return _opened(request, shelf, shelf.queue.undecided[0])
    context = {"plan": plan, "shelf": shelf, "held": _own(request, shelf)}
    return render(request, "progress/reviewing/review_empty.html", context)


def shelf_for(request: Request, plan: Plan) -> Shelf:
    """The queue as this reviewer filtered and ordered it."""
    mine: set[int] = set()
    if request.actor.appointment.post_id is not None:  # only a post has items in its charge
        tasks = Task.objects.visible_to(request.actor).filter(plan=plan)
        own = supervised_by(request.actor, request.today, tasks)
        mine = set(own.values_list("pk", flat=True))
    queue = queue_of(plan, request.now)
    if queue.held and carry_out_due(now=request.now, at=timezone.now()):
        queue = queue_of(plan, request.now)  # no page waits for the schedule
    return shelf_of(queue, request.GET, request.session.get(OPENED, []), mine)


def _to(shelf: Shelf, plan: Plan, pk: int) -> HttpResponse:
    return redirect(reverse("progress:review_report", args=[plan.slug, pk]) + shelf.suffix)


@require_safe
def review_report(request: Request, slug: str, pk: int) -> HttpResponse:
    """One report beside the queue. What does not wait any more is shown as it is."""
    require(can_run_the_year(request.actor))
    plan = plan_or_404(request, slug)
    shelf = shelf_for(request, plan)
    row = shelf.whole.find(pk)
    if row is None:
        found = report_or_404(request, slug, pk)
        messages.info(request, f"{found}当前为“{found.get_state_display()}”，不再待审核。")
        return redirect("progress:report", slug, pk)
    return _opened(request, shelf, row)


def _opened(request: Request, shelf: Shelf, row: QueueRow) -> HttpResponse:
    look = look_at(row.report, row.version)
    _remember(request, row.version.pk)
    return _page(request, look, _form(look), replace(shelf, opened=request.session[OPENED]))


def _remember(request: Request, version: int) -> None:
    """Which versions this reviewer opened: only those may be accepted together."""
    opened = request.session.get(OPENED, [])
    if version not in opened:  # a session that stays the same is not written again
        request.session[OPENED] = [*opened, version][-MOST_OPENED:]


def _page(
    request: Request, look: Look, form: ReviewForm, shelf: Shelf, status: int = 200
) -> HttpResponse:
    found = look.report
    is_decided = found.state != ReportState.REVIEWING
    row = shelf.whole.find(found.pk)
    request.waiting = {"progress:review": shelf.total}
    context = heading_of(found) | {
        "look": look,
        "page": page_of(look),
        "form": form,
        "queue": shelf.queue,
        "shelf": shelf,
        "held": _own(request, shelf),
        "by_another": row.held if row is not None and not _is_own(request, row) else None,
        "texts": compared_texts(look),
        "files": files_of(found, request.actor),
        "refusal": can_review_version(request.actor, look.version).reason,
        "is_decided": is_decided,
        "decided": last_decided(found) if is_decided else None,
    }
    return render(request, "progress/reviewing/review.html", context, status=status)


def _own(request: Request, shelf: Shelf) -> list[tuple[ProgressReport, int]]:
    """What this reviewer can still take back, and for how many seconds."""
    at = timezone.now()
    return [
        (row.report, max(0, ceil((row.held.due_at - at).total_seconds())))
        for row in shelf.whole.held
        if row.held is not None and _is_own(request, row)
    ]


def _is_own(request: Request, row: QueueRow) -> bool:
    return row.held is not None and row.held.held_by_id == request.user.pk


def _form(look: Look, data: Any = None) -> ReviewForm:
    """Prefilled with the unit's own words: most are taken over as they are."""
    version = look.version
    initial = {
        "digest": version.progress if version else "",
        "next_digest": version.next_steps if version else "",
    }
    return ReviewForm(data, look=look, initial=initial)


@require_POST
def accept(request: Request, slug: str, pk: int) -> HttpResponse:
    """通过, with 采用稿, 核定数 and, when it must be, the office's own light; held for a while."""
    found, look, form = _posted(request, slug, pk)
    if not form.is_valid():
        return _incomplete(request, look, form)
    following = shelf_for(request, found.period.plan).following(found)
    carry_out_of(request.actor, request.now, but=found)
    try:
        hold(
            report=found,
            actor=request.actor,
            now=request.now,
            at=timezone.now(),
            digest=form.cleaned_data["digest"],
            next_digest=form.cleaned_data["next_digest"],
            verified=form.verified,
            seen=request.POST.get("version", ""),
            **form.override,
        )
    except NotNow as problem:
        return _refused(request, found, form, problem)
    return _next(request, found, following)


@require_POST
def undo(request: Request, slug: str, pk: int) -> HttpResponse:
    """撤销 of the own 通过 while it is held; what was typed with it stands on the page again."""
    found = report_or_404(request, slug, pk)
    require(can_run_the_year(request.actor))
    held = take_back(report=found, actor=request.actor)
    shelf = shelf_for(request, found.period.plan)
    if held is None and found.state == ReportState.REVIEWING:  # taken back before: asked again
        return redirect(reverse("progress:review_report", args=[slug, pk]) + shelf.suffix)
    if held is None:
        messages.warning(request, f"{found}当前为“{found.get_state_display()}”，{TOO_LATE}")
        return redirect(reverse("progress:review", args=[slug]) + shelf.suffix)
    look = look_at(found, found.latest())
    form = _form(look)
    form.show_again(held)
    messages.success(request, f"已撤销，{found}仍待审核。")
    return _page(request, look, form, shelf)


@require_POST
def return_to_unit(request: Request, slug: str, pk: int) -> HttpResponse:
    """退回, with standard reasons and own words."""
    found, look, form = _posted(request, slug, pk)
    form.is_returning = True
    if not form.is_valid():
        return _incomplete(request, look, form)
    following = shelf_for(request, found.period.plan).following(found)
    carry_out_of(request.actor, request.now, but=found)
    try:
        by_office.return_to_unit(
            report=found,
            actor=request.actor,
            now=request.now,
            reason=form.reason_for_return(),
            first_was_empty=form.cleaned_data["first_was_empty"],
            seen=request.POST.get("version", ""),
        )
    except NotNow as problem:
        return _refused(request, found, form, problem)
    messages.success(request, f"{found}已退回{found.unit}，联络员将收到消息。")
    return _next(request, found, following)


def _posted(request: Request, slug: str, pk: int) -> tuple[ProgressReport, Look, ReviewForm]:
    found = report_or_404(request, slug, pk)
    require(can_run_the_year(request.actor))
    look = look_at(found, found.latest())
    return found, look, _form(look, request.POST)


def _incomplete(request: Request, look: Look, form: ReviewForm) -> HttpResponse:
    messages.error(request, INCOMPLETE)
    shelf = shelf_for(request, look.report.period.plan)
    return _page(request, look, form, shelf, status=409)


def _refused(
    request: Request, found: ProgressReport, form: ReviewForm, problem: NotNow
) -> HttpResponse:
    """Somebody was faster, or it cannot be: say so, show the report as it is now, and keep what
    was typed.
    """
    found.refresh_from_db(fields=["state"])
    is_decided = found.state != ReportState.REVIEWING
    messages.error(request, f"{found}{DECIDED}" if is_decided else str(problem))
    look = look_at(found, found.latest())
    return _page(request, look, form, shelf_for(request, found.period.plan), status=409)


def _next(request: Request, found: ProgressReport, following: list[int]) -> HttpResponse:
    """Open what stood behind the report that was decided, in the order on the page."""
    plan = found.period.plan
    shelf = shelf_for(request, plan)
    waiting = [row.report.pk for row in shelf.queue.undecided]
    pk = next((each for each in following if each in waiting), waiting[0] if waiting else None)
    if pk is None:
        return redirect("progress:review", plan.slug)
    return _to(shelf, plan, pk)
