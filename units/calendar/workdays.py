"""The working days that hold here: the library's, corrected by what the office entered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from huangshi_tasks.lib import workdays
from huangshi_tasks.lib.workdays import Overrides, exceptions_of, is_published, whole_year
from units import log
from units.actors import Actor
from units.asking.rows import remembered_rows
from units.models import CalendarDay, KnownCalendar
from units.stamps.shown import FINALIZED

YEARS_AHEAD = 2  # from this year's day to the last due day of next year's plan
ANNOUNCED_IN = 11  # the State Council announces next year's holidays in November


def overrides() -> Overrides:
    """Day → is it worked, for `huangshi_tasks.lib.workdays`. One query."""
    return dict(_entered())


@remembered_rows(FINALIZED)
def _entered() -> QuerySet[Any, Any]:
    return CalendarDay.objects.order_by().values_list("day", "is_worked")


def add_workdays(day: date, count: int) -> date:
    """The `count`-th worked day after `day`, by the working days that hold here. One query."""
    return workdays.add_workdays(day, count, overrides())


def missing_year(today: date) -> int | None:
    """The year whose arrangement is neither in the library nor entered, once it should be known."""
    year = today.year if today.month < ANNOUNCED_IN else today.year + 1
    return None if is_known(year) else year


def is_known(year: int) -> bool:
    """Whether due days of that year are more than a guess by weekends."""
    return is_published(year) or CalendarDay.objects.filter(day__year=year).exists()


def remember(today: date) -> None:
    """Keep how the working days stand, to tell later what an entry or a new library changed."""
    held = overrides()
    for year in range(today.year - 1, today.year + YEARS_AHEAD + 1):
        days = {f"{day}": is_worked for day, is_worked in exceptions_of(year, held).items()}
        KnownCalendar.objects.update_or_create(year=year, defaults={"days": days})


def reaches(today: date) -> bool:
    """Whether what was kept goes on to the years in which due days fall now."""
    return KnownCalendar.objects.filter(year=today.year + YEARS_AHEAD).exists()


def remembered() -> Overrides | None:
    """Every day of the years kept by `remember`; None before the first time."""
    days: dict[date, bool] = {}
    for known in KnownCalendar.objects.all():
        kept = {date.fromisoformat(day): is_worked for day, is_worked in known.days.items()}
        days |= whole_year(known.year, kept)
    return days or None


def set_day(*, day: date, is_worked: bool, source: str, actor: Actor, now: datetime) -> CalendarDay:
    """Enter or change one day; holds for everything that is counted from now on."""
    with transaction.atomic():
        if not KnownCalendar.objects.exists():
            remember(now.date())
        held = CalendarDay.objects.select_for_update().filter(day=day).first()
        before = held.is_worked if held is not None else None
        row, _ = CalendarDay.objects.update_or_create(
            day=day, defaults={"is_worked": is_worked, "source": source}
        )
        log.record(
            actor=actor,
            action="calendar.set",
            subject=row,
            summary=f"设置工作日：{row}",
            changes={"is_worked": [before, is_worked], "source": source},
            now=now,
        )
    return row
