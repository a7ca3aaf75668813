"""提醒台账: what the machine told whom; and what it will tell of one item."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from progress.models import Reminder, ReminderState
from progress.periods.access import plan_or_404
from progress.reminding.forecast import forecast_of
from progress.reminding.permissions import can_see_reminders
from reports.excel.writing import write
from reports.office.reminder_filters import ReminderFilter
from reports.office.reminders_workbook import reminder_ledger
from tasks.models import Task, TaskKind
from units.files.attachments import hand_out_made
from units.http import Request
from units.permissions import can_run_the_year, require

PER_PAGE = 50


class Told(NamedTuple):
    """Of what stands in `Reminder` and the account of whom it tells, what the list shows."""

    due_on: date
    text: str
    display_name: str
    username: str
    state: str
    sent_at: datetime | None
    reason: str
    delivery: str
    read_at: datetime | None

    @property
    def recipient(self) -> str:
        return self.display_name or self.username

    def get_state_display(self) -> str:
        return str(ReminderState(self.state).label)


COLUMNS = (
    *Told._fields[:2],
    *(f"recipient__{name}" for name in Told._fields[2:4]),
    *Told._fields[4:],
)


def _rows() -> QuerySet[Reminder]:
    return Reminder.objects.select_related("recipient", "unit").order_by("-due_on", "-pk")


@require_safe
def reminders(request: Request) -> HttpResponse:
    """Newest first, with filters."""
    require(can_see_reminders(request.actor))
    found = ReminderFilter(request.GET, _rows(), request=request)
    rows = found.qs.select_related(None).values_list(*COLUMNS)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "rows": [Told(*row) for row in page.object_list]}
    return render(request, "reports/office/reminders.html", context)


@require_safe
def reminders_excel(request: Request) -> HttpResponse:
    """The rows that the page shows under the same filters."""
    require(can_see_reminders(request.actor))
    found = ReminderFilter(request.GET, _rows(), request=request).qs
    sheet = reminder_ledger(found.iterator(chunk_size=500), request.today)
    content = write(sheet, author=request.actor.label, now=request.now)
    name = f"提醒台账_{request.today:%Y%m%d}.xlsx"
    return hand_out_made(request, content, name, summary="导出提醒台账")


@require_safe
def item_reminders(request: Request, slug: str, number: int) -> HttpResponse:
    """What will be sent of a key task to whom and when, and what was."""
    return _of_item(request, slug, TaskKind.KEY_TASK, number)


@require_safe
def project_reminders(request: Request, slug: str, number: int) -> HttpResponse:
    """The same of a project."""
    return _of_item(request, slug, TaskKind.PRACTICAL_PROJECT, number)


def _of_item(request: Request, slug: str, kind: TaskKind, number: int) -> HttpResponse:
    require(can_run_the_year(request.actor))
    plan = plan_or_404(request, slug)
    found = Task.objects.visible_to(request.actor).select_related("plan")
    task = get_object_or_404(found, plan=plan, kind=kind, number=number)
    forecast = forecast_of(task, request.today)
    context = {"plan": plan, "task": task, "coming": forecast.coming, "told": forecast.told}
    return render(request, "reports/office/item_reminders.html", context)
