"""Notes when a job ran, and says which of the schedule did not run when it should have.

By the real clock: the business date of a demonstration stands still, jobs do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone

from units.models import JobRun

AHEAD = timedelta(minutes=10)  # clocks of two machines may differ by so much


@contextmanager
def noted(name: str) -> Iterator[None]:
    """Around one run of a job. What it raises is noted and goes on."""
    JobRun.objects.update_or_create(name=name, defaults={"started_at": timezone.now()})
    runs = JobRun.objects.filter(name=name)
    try:
        yield
    except Exception as error:
        runs.update(error=f"{type(error).__name__}: {error}"[:300])
        raise
    runs.update(finished_at=timezone.now(), error="")


def overdue(limits: Mapping[str, timedelta], at: datetime) -> list[str]:
    """The jobs that did not finish within their limit before `at`. Never run counts from the first
    run of any job, so that a site just started is not in alarm. A run later than now counts as
    none: the clock was set back since.
    """
    runs = {run.name: run for run in JobRun.objects.all()}
    first = min((run.started_at for run in runs.values()), default=at)
    last = {name: _last(runs.get(name), first) for name in limits}
    return [name for name, limit in limits.items() if not at - limit <= last[name] <= at + AHEAD]


def _last(run: JobRun | None, first: datetime) -> datetime:
    return run.finished_at if run is not None and run.finished_at is not None else first
