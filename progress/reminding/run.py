"""What each turn of the schedule does. The clocks are read here, once: the business day for the
ledger, the real moment for leases and retries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from huangshi_tasks.lib import clock
from huangshi_tasks.lib.workdays import is_workday
from progress.periods.opening import open_due_periods
from progress.reminding import messages, outbox
from progress.reminding.case import Opened
from progress.reminding.open.cases import open_cases
from progress.reminding.planning import plan_reminders
from tasks.models import Plan, PlanState
from units.calendar import workdays
from units.job_runs import one_by_one

# Reminders reach people in office hours (design.md section 4).
FIRST, LAST = time(8, 30), time(17, 30)


def open_periods() -> None:
    """Make the reports of every period whose window has opened."""
    today = clock.today()
    plans = Plan.objects.filter(state=PlanState.ACTIVE)
    one_by_one(plans, lambda plan: open_due_periods(plan, today))


def remind_in_office_hours() -> None:
    """One turn of the ladder, between the first and the last hour of a working day."""
    if _in_office_hours(clock.now()):
        open_periods()
        remind(now=clock.now(), at=timezone.now())


@dataclass(frozen=True)
class Reminded:
    """What one turn of the ladder did: rows planned, rows told, and what the channels took."""

    planned: int
    told: int
    delivered: outbox.Turn


def remind(*, now: datetime, at: datetime) -> Reminded:
    """Plan, put into messages, send."""
    planned = sum(one_by_one(["生成提醒"], lambda _: plan_reminders(now=now)))
    told = messages.make_notices(now=now, at=at)
    if is_workday(now.date(), workdays.overrides()):
        told += messages.make_digests(now=now, at=at)
        messages.make_group_messages(now=now, at=at)
    return Reminded(planned, told, _deliver(now, at, ladder_too=True))


def send_waiting(*, now: datetime, at: datetime) -> int:
    """What goes at once, and what a channel did not take before; a ladder keeps office hours.

    Returns how many notices were told.
    """
    told = messages.make_notices(now=now, at=at)
    _deliver(now, at, ladder_too=_in_office_hours(now))
    return told


def _deliver(now: datetime, at: datetime, *, ladder_too: bool) -> outbox.Turn:
    ladder_too = ladder_too and outbox.has_waiting_digests(at)
    opened = open_cases(now.date(), workdays.overrides()) if ladder_too else Opened()
    return outbox.deliver(at=at, ladder_too=ladder_too, opened=opened)


def _in_office_hours(now: datetime) -> bool:
    return FIRST <= now.time() <= LAST and is_workday(now.date(), workdays.overrides())
