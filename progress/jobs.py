"""What the schedule runs (`huangshi_tasks.celery.BEAT_SCHEDULE`). Safe to run twice and late."""

from datetime import time

from celery import shared_task

from huangshi_tasks.lib import clock
from progress.opening import open_due_periods
from progress.outbox import send_due, send_immediate
from progress.reminders import plan_reminders
from tasks.models import Plan, PlanState

# Reminders reach people in office hours (design.md section 4).
FIRST, LAST = time(8, 30), time(17, 30)


@shared_task
def open_periods() -> None:
    """Make the reports of every period whose window has opened."""
    today = clock.today()
    for plan in Plan.objects.filter(state=PlanState.ACTIVE):
        open_due_periods(plan, today)


@shared_task
def send_reminders() -> None:
    """Plan and send what is due, in office hours."""
    now = clock.now()
    if FIRST <= now.time() <= LAST:
        open_periods()
        plan_reminders(now=now)
        send_due(now=now)


@shared_task
def send_notices() -> None:
    """Send what goes at once, at any hour: 退回 and 通过."""
    send_immediate(now=clock.now())
