"""What the schedule runs (`huangshi_tasks.celery.BEAT_SCHEDULE`). Safe to run twice and late."""

from celery import shared_task
from django.utils import timezone

from huangshi_tasks.lib import clock
from progress.due_days.acts import notice_changes
from progress.evidence.scans import scan_again
from progress.lifecycle.held import carry_out_due
from progress.nightly import check_and_clear
from progress.reminding import run
from progress.unit_list.passing import carry_out_due as carry_out_due_changes
from units.guard.refused import sum_up
from units.job_runs import noted
from units.log import witness
from units.renaming.acts import take_names
from units.stamps.current import add_up


@shared_task
def open_periods() -> None:
    """Make the reports of every period whose window has opened; see whether the working days have
    changed, at every start too. Hourly, so the stamps are added up here, and refusals told.
    """
    with noted("progress.jobs.open_periods"):
        take_names(clock.now())
        carry_out_due_changes(clock.now())
        run.open_periods()
        sum_up()
        notice_changes(now=clock.now())
        add_up()


@shared_task
def scan_waiting() -> None:
    """Scan what was kept while the virus scanner was away."""
    with noted("progress.jobs.scan_waiting"):
        scan_again(now=clock.now())


@shared_task
def accept_held() -> None:
    """Carry out what was accepted some seconds ago and not taken back."""
    with noted("progress.jobs.accept_held"):
        carry_out_due(now=clock.now(), at=timezone.now())


@shared_task
def send_reminders() -> None:
    """Plan the day's reminders and send them, in office hours."""
    with noted("progress.jobs.send_reminders"):
        run.remind_in_office_hours()


@shared_task
def send_notices() -> None:
    """Send what goes at once, at any hour, and what a channel did not take before."""
    with noted("progress.jobs.send_notices"):
        run.send_waiting(now=clock.now(), at=timezone.now())


@shared_task
def witness_log() -> None:
    """Tell the witness of the log where it ends, if it could not be told at once."""
    with noted("progress.jobs.witness_log"):
        witness.catch_up()


@shared_task
def nightly() -> None:
    """Check the log and mail its head to the auditors; clear what has run out."""
    with noted("progress.jobs.nightly"):
        check_and_clear(now=clock.now())
