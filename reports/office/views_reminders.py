"""提醒台账: what the machine told whom; and what it will tell of one item."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

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
from units.lists.tool import Column, ListTool, ids_of
from units.permissions import can_run_the_year, require

PER_PAGE = 50


class Told(NamedTuple):
    """Of what stands in `Reminder` and the account of whom it tells, what the list shows."""

    pk: int
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
    *Told._fields[:3],
    *(f"recipient__{name}" for name in Told._fields[3:5]),
    *Told._fields[5:],
)

LISTED = (
    Column("pick", "选择", stays=True, css="l-ck"),
    Column("due", "应发日期", stays=True, field="due_on"),
    Column("text", "内容", stays=True),
    Column("recipient", "收件人", field="recipient__display_name"),
    Column("state", "状态", field="state"),
    Column("sent", "发送时间", css="hide-s", field="sent_at"),
    Column("reason", "送达结果或未发原因", css="hide-s"),
    Column("read", "阅读时间", css="hide-s", field="read_at"),
)


def _rows() -> QuerySet[Reminder]:
    return Reminder.objects.select_related("recipient", "unit").order_by("-due_on", "-pk")


@require_safe
def reminders(request: Request) -> HttpResponse:
    """Newest first, with filters."""
    require(can_see_reminders(request.actor))
    found = ReminderFilter(request.GET, _rows(), request=request)
    tool = ListTool[Any](request.GET, LISTED, PER_PAGE)
    page = tool.page(tool.asked(found.qs).select_related(None).values_list(*COLUMNS))
    rows = [Told(*row) for row in page.object_list]
    context = {"filter": found, "tool": tool, "page": page, "rows": rows}
    return render(request, "reports/office/reminders.html", context)


@require_safe
def reminders_excel(request: Request) -> HttpResponse:
    """The rows that the page shows under the same filters."""
    require(can_see_reminders(request.actor))
    found = ReminderFilter(request.GET, _rows(), request=request).qs
    if chosen := ids_of(request.GET, "row"):
        found = found.filter(pk__in=chosen)
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
