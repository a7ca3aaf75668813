"""What the pages of a 调度会 show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from progress.board.shown import Shown
from progress.matters.permissions import can_handle
from progress.meetings.agenda import AgendaRow, agenda_of, decisions_before
from progress.models import Meeting, MeetingDecision
from progress.periods.access import plan_or_404
from tasks.models import Task
from units.actors import Actor
from units.http import Request
from units.permissions import require


@dataclass(frozen=True)
class ItemPage:
    """One item on the table: `before` is what the last meeting decided on it, `row` None where it
    is not on the agenda; `earlier` and `later` are the items around it.
    """

    task: Task
    row: AgendaRow | None
    place: int
    of: int
    before: list[MeetingDecision]
    decided: list[MeetingDecision]
    earlier: Shown | None
    later: Shown | None


def meeting_or_404(request: Request, slug: str, pk: int) -> Meeting:
    """For the office, which runs it."""
    require(can_handle(request.actor))
    plan = plan_or_404(request, slug)
    found = Meeting.objects.filter(plan=plan).select_related("plan", "post", "area", "previous")
    return get_object_or_404(found, pk=pk)


def decided_at(meeting: Meeting) -> list[MeetingDecision]:
    """What it decides, in the order in which it was written."""
    return list(meeting.decisions.select_related("task__plan", "unit", "instruction__plan"))


def item_page(meeting: Meeting, kind: str, number: int, actor: Actor, today: date) -> ItemPage:
    """The page of an item, on the agenda or not."""
    tasks = Task.objects.visible_to(actor).filter(plan=meeting.plan).select_related("plan")
    task = tasks.filter(kind=kind, number=number).first()
    if task is None:
        raise Http404
    agenda = agenda_of(meeting, actor, today)
    at = next((n for n, row in enumerate(agenda) if row.shown.item.pk == task.pk), None)
    following = agenda[at + 1 : at + 2] if at is not None else agenda[:1]
    return ItemPage(
        task,
        agenda[at] if at is not None else None,
        at + 1 if at is not None else 0,
        len(agenda),
        [each for each in decisions_before(meeting) if each.task_id == task.pk],
        [each for each in decided_at(meeting) if each.task_id == task.pk],
        agenda[at - 1].shown if at else None,
        following[0].shown if following else None,
    )
