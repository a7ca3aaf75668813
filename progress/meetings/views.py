"""调度会: the list, one meeting with its agenda, one item on the table, and what is done there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from progress.matters.files import checked_files
from progress.matters.permissions import can_handle
from progress.meetings.acts import decide, open_meeting, send, take_back
from progress.meetings.agenda import agenda_of, decisions_before
from progress.meetings.forms import DecisionForm, MeetingForm, SendForm
from progress.meetings.page import decided_at, item_page, meeting_or_404
from progress.models import Meeting, MeetingDecision
from progress.periods.access import plan_or_404
from tasks.models import Responsibility, Task
from units.errors import NotNow
from units.files.uploads import Unacceptable
from units.http import Request
from units.once.claims import once
from units.permissions import require

READ_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_POST)
def meetings(request: Request, slug: str) -> HttpResponse:
    """The meetings of the year, and a new one."""
    require(can_handle(request.actor))
    plan = plan_or_404(request, slug)
    initial = {"title": "重点工作调度会", "held_on": request.today}
    posted = request.POST if request.method == "POST" else None
    form = MeetingForm(posted, initial=initial, plan=plan)
    if posted is not None and form.is_valid():
        with once(request, "这次调度会已登记过，没有重复登记。") as claim:
            made = open_meeting(
                plan=plan, actor=request.actor, now=request.now, **form.cleaned_data
            )
            claim.leads_to("progress:meeting", slug, made.pk)
        return redirect("progress:meeting", slug, made.pk)
    held = Meeting.objects.filter(plan=plan).select_related("post", "area")
    context = {"plan": plan, "form": form, "rows": held.prefetch_related("decisions")}
    status = 200 if posted is None else 409
    return render(request, "progress/meetings/meetings.html", context, status=status)


@require_safe
def meeting(request: Request, slug: str, pk: int) -> HttpResponse:
    """The agenda by risk, what was decided before and now, and sending it."""
    return _meeting(request, meeting_or_404(request, slug, pk), SendForm())


def _meeting(request: Request, held: Meeting, form: SendForm, status: int = 200) -> HttpResponse:
    context = {
        "plan": held.plan,
        "meeting": held,
        "agenda": agenda_of(held, request.actor, request.today),
        "before": decisions_before(held),
        "decided": decided_at(held),
        "form": form,
    }
    return render(request, "progress/meetings/meeting.html", context, status=status)


@require_http_methods(READ_OR_POST)
def meeting_item(request: Request, slug: str, pk: int, item_kind: str, number: int) -> HttpResponse:
    """One item on the table; what is decided is typed here."""
    held = meeting_or_404(request, slug, pk)
    page = item_page(held, item_kind, number, request.actor, request.today)
    posted = request.POST if request.method == "POST" else None
    form = DecisionForm(posted, today=request.today, initial=_lead_of(page.task))
    if posted is not None and form.is_valid():
        try:
            with once(request, "这条议定事项已记录过，没有重复记录。") as claim:
                decide(
                    meeting=held,
                    task=page.task,
                    actor=request.actor,
                    now=request.now,
                    **form.cleaned_data,
                )
                claim.leads_to(request.path)
        except NotNow as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "已记录，会后与其他议定事项一并交办。")
            return redirect(request.path)
    context = {"plan": held.plan, "meeting": held, "page": page, "form": form}
    status = 200 if posted is None else 409
    return render(request, "progress/meetings/item.html", context, status=status)


def _lead_of(task: Task) -> dict[str, object]:
    """The unit that leads the item, as the proposal."""
    held = Responsibility.objects.open_ended().filter(task=task, is_primary=True).first()
    return {"unit": held.unit_id} if held is not None else {}


@require_POST
def meeting_drop(request: Request, slug: str, pk: int) -> HttpResponse:
    """Take a draft back."""
    require(can_handle(request.actor))
    plan = plan_or_404(request, slug)
    drafts = MeetingDecision.objects.filter(meeting__plan=plan)
    draft = get_object_or_404(drafts.select_related("meeting", "unit"), pk=pk)
    take_back(decision=draft, actor=request.actor, now=request.now)
    messages.success(request, "已撤下这条议定事项。")
    return redirect("progress:meeting", slug, draft.meeting_id)


@require_POST
def meeting_send(request: Request, slug: str, pk: int) -> HttpResponse:
    """全部交办, with 依据 and scan."""
    held = meeting_or_404(request, slug, pk)
    form = SendForm(request.POST, request.FILES)
    if not form.is_valid():
        return _meeting(request, held, form, status=409)
    try:
        given = checked_files(request, form)
        sent = send(meeting=held, actor=request.actor, now=request.now, **given)
    except Unacceptable as problem:
        form.add_error("scan", str(problem))
        return _meeting(request, held, form, status=409)
    except NotNow as refusal:
        messages.error(request, str(refusal))
        return _meeting(request, held, form, status=409)
    messages.success(request, f"已交办{len(sent)}件，各责任单位已收到消息。")
    return redirect("progress:meeting", slug, pk)
