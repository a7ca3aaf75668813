"""工作日安排: days that differ from the calendar library, entered by the office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from huangshi_tasks.lib.workdays import published_days
from units.calendar import workdays
from units.calendar.forms import CalendarDayForm
from units.http import Request, posted
from units.models import CalendarDay
from units.permissions import can_run_the_year, require

SAVED = "已保存：{row}。此后计算的期限和提醒按此执行；受影响的已有期限见“工作日调整”。"


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: Request) -> HttpResponse:
    """The days entered, and those that the library knows of this year and the next."""
    require(can_run_the_year(request.actor))
    form = CalendarDayForm(posted(request))
    if request.method == "POST" and form.is_valid():
        row = workdays.set_day(**form.cleaned_data, actor=request.actor, now=request.now)
        messages.success(request, SAVED.format(row=row))
        return redirect("units:calendar")
    year = request.today.year
    context = {
        "form": form,
        "rows": CalendarDay.objects.order_by("-day"),
        "years": [(each, published_days(each)) for each in (year, year + 1)],
        "missing_year": workdays.missing_year(request.today),
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "units/calendar/calendar.html", context, status=status)
