"""Jobs that did not run in time, on 督查室: the moment decides, so that it is asked on every visit,
also where the page is kept (`units.pages.personal`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from huangshi_tasks.celery import LATE_AFTER
from progress.reminding.job_names import job_name
from units.face.remembered import drawn
from units.job_runs import overdue
from units.pages.personal import part
from units.stamps.lasting import standing
from units.stamps.memory import by_stamp


@part("late_jobs")
def banner(request: HttpRequest) -> str:
    """What is late, over the page; nothing where nothing is."""
    names = _late(request)
    return drawn("reports/office/_late_jobs.html", names) if names else ""


@part("jobs")
def word(request: HttpRequest) -> str:
    """How many are late, among the facts of 运行."""
    return drawn("reports/office/_jobs.html", len(_late(request)))


def _late(request: Any) -> tuple[str, ...]:
    """Asked once for the page, and in a process once a minute."""
    if not hasattr(request, "late_jobs"):
        now = timezone.now().replace(second=0, microsecond=0)
        request.late_jobs = _late_at(now) if standing() is None else _remembered(now)
    names: tuple[str, ...] = request.late_jobs
    return names


def _late_at(now: datetime) -> tuple[str, ...]:
    return tuple(job_name(name) for name in overdue(LATE_AFTER, now))


@by_stamp(2)
def _remembered(now: datetime) -> tuple[str, ...]:
    return _late_at(now)
