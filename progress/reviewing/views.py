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
from progress.checking.copies import with_copies
from progress.checking.look import Look, files_of, look_at
from progress.contents.versions import last_decided
from progress.filing.page import heading_of, page_of
from progress.finalizing.supplements import what_accepting_does
from progress.lifecycle import by_office
from progress.lifecycle.held import carry_out_due, carry_out_of, hold, take_back
from progress.lifecycle.permissions import can_review_version
from progress.models import ProgressReport, ReportState
from progress.periods.access import plan_or_404, plans_with, report_or_404
from progress.reviewing.digests import doubts_of_digest, unseen
from progress.reviewing.faces import faces_of
from progress.reviewing.form import ReviewForm
from progress.reviewing.queue import QueueRow, queue_of
from progress.reviewing.shelf import Shelf, shelf_of
from tasks.holders.portfolios import supervised_ids
from tasks.models import Plan
from units.errors import NotNow
from units.http import Request
from units.permissions import can_run_the_year, require

OPENED, MOST_OPENED = "opened_versions", 400
TAKEN_BACK = "taken_back"  # in the session: what was typed with the last 通过 that was taken back
INCOMPLETE = "还不能办理，请修改标出的内容；已填写的都保留在本页。"
DOUBTFUL = "采用稿有与填报不一致之处，见采用稿下的提示；核对无误的，再次选择通过。"
TOO_LATE = "没有可以撤销的通过；需要改动的，请在进展页面更正。"
DECIDED = "已由他人审核，本次没有办理；您填写的内容保留在本页。"


@require_safe
def review(request: Request, slug: str) -> HttpResponse:
    """The queue, with its first report open; that of another year at its own address."""
    require(can_run_the_year(request.actor))
    plan = plan_or_404(request, slug)
    shelf = shelf_for(request, plan)
    if shelf.queue.undecided:
        first = shelf.queue.undecided[0]
        is_of_another = first.report.period.plan_id != plan.pk
        return _to(shelf, first.report) if is_of_another else _opened(request, shelf, first)
    context = {"plan": plan, "shelf": shelf, "held": _own(request, shelf)}
    return render(request, "progress/reviewing/review_empty.html", context)


def shelf_for(request: Request, plan: Plan) -> Shelf:
    """The queue over all plans that are worked on, as this reviewer filtered and ordered it."""
    plans = plans_with(request, plan)
    mine: set[int] = set()
    post = request.actor.appointment.post_id
    if post is not None:  # only a post has items in its charge
        mine = {pk for each in plans for pk in supervised_ids(post, each, request.today)}
    queue = queue_of(plans, request.now)
    if queue.held and carry_out_due(now=request.now, at=timezone.now()):
        queue = queue_of(plans, request.now)  # no page waits for the schedule
    return shelf_of(queue, request.GET, request.session.get(OPENED, []), mine)


def _to(shelf: Shelf, report: ProgressReport) -> HttpResponse:
    args = [report.period.plan.slug, report.pk]
    return redirect(reverse("progress:review_report", args=args) + shelf.suffix)


@require_safe
def review_report(request: Request, slug: str, pk: int) -> HttpResponse:
    """One report beside the queue. What does not wait any more is shown as it is."""
    require(can_run_the_year(request.actor))
    plan = plan_or_404(request, slug)
    shelf = shelf_for(request, plan)
    row = shelf.whole.find(pk)
    if row is None or row.report.period.plan_id != plan.pk:
        found = report_or_404(request, slug, pk)
        messages.info(request, f"{found}当前为“{found.get_state_display()}”，不再待审核。")
        return redirect("progress:report", slug, pk)
    return _opened(request, shelf, row)


def _opened(request: Request, shelf: Shelf, row: QueueRow) -> HttpResponse:
    look = with_copies(look_at(row.report, row.version), names_all=True)
    _remember(request, row.version.pk)
    form = _form(look)
    typed = request.session.get(TAKEN_BACK)
    if typed is not None and typed["version"] == row.version.pk:
        form.show_again(typed)
    return _page(request, look, form, replace(shelf, opened=request.session[OPENED]))


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
        "doubts": doubts_of_digest(look, form),
        "queue": shelf.queue,
        "rows": list(faces_of(shelf, found)),
        "shelf": shelf,
        "held": _own(request, shelf),
        "by_another": row.held if row is not None and not _is_own(request, row) else None,
        "texts": compared_texts(look),
        "files": files_of(found, request.actor),
        "after_finalizing": what_accepting_does(found),
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
    if unseen(doubts_of_digest(look, form), request.POST.getlist("doubt")):
        return _incomplete(request, look, form, DOUBTFUL)
    shelf = shelf_for(request, found.period.plan)
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
    return _next(request, found, shelf)


@require_POST
def undo(request: Request, slug: str, pk: int) -> HttpResponse:
    """撤销 of the own 通过 while it is held; what was typed with it stands on the page again, as
    often as that is read.
    """
    found = report_or_404(request, slug, pk)
    require(can_run_the_year(request.actor))
    held = take_back(report=found, actor=request.actor)
    shelf = shelf_for(request, found.period.plan)
    if held is not None:
        request.session[TAKEN_BACK] = held.typed
        messages.success(request, f"已撤销，{found}仍待审核。")
    elif found.state != ReportState.REVIEWING:
        messages.warning(request, f"{found}当前为“{found.get_state_display()}”，{TOO_LATE}")
        return redirect(reverse("progress:review", args=[slug]) + shelf.suffix)
    return _to(shelf, found)


@require_POST
def return_to_unit(request: Request, slug: str, pk: int) -> HttpResponse:
    """退回, with standard reasons and own words."""
    found, look, form = _posted(request, slug, pk)
    form.is_returning = True
    if not form.is_valid():
        return _incomplete(request, look, form)
    shelf = shelf_for(request, found.period.plan)
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
    return _next(request, found, shelf)


def _posted(request: Request, slug: str, pk: int) -> tuple[ProgressReport, Look, ReviewForm]:
    found = report_or_404(request, slug, pk)
    require(can_run_the_year(request.actor))
    look = look_at(found, found.latest())
    return found, look, _form(look, request.POST)


def _incomplete(
    request: Request, look: Look, form: ReviewForm, why: str = INCOMPLETE
) -> HttpResponse:
    seen = request.POST.get("version", "")
    if seen and look.version is not None and seen != str(look.version.pk):
        messages.error(request, by_office.FILED_AGAIN.format(report=look.report))
    messages.error(request, why)
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


def _next(request: Request, found: ProgressReport, shelf: Shelf) -> HttpResponse:
    """Open what stood behind the report that was decided, in the order on the page; `shelf` is as
    it was before.
    """
    request.session.pop(TAKEN_BACK, None)
    waiting = {
        row.report.pk: row.report for row in shelf.queue.undecided if row.report.pk != found.pk
    }
    behind = [pk for pk in shelf.following(found) if pk in waiting] or list(waiting)
    if behind:
        return _to(shelf, waiting[behind[0]])
    return redirect("progress:review", found.period.plan.slug)
