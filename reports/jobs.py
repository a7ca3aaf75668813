"""What the schedule runs of `reports`. Safe to run twice and late."""

from celery import shared_task

from huangshi_tasks.lib import clock
from reports.bulletins.leaving import make_missing_pdfs
from reports.exports.asking import clear_expired
from reports.exports.running import run_waiting
from units.job_runs import noted


@shared_task
def run_exports() -> None:
    """Make the workbooks and archives that were asked for, and issued papers as PDF."""
    with noted("reports.jobs.run_exports"):
        run_waiting(now=clock.now())
        make_missing_pdfs()


@shared_task
def clear_exports() -> None:
    """Take away the files that were kept for seven days."""
    with noted("reports.jobs.clear_exports"):
        clear_expired(now=clock.now())
