"""Notes when a job ran and which rows it could not do, and says which job of the schedule did not
run when it should have.

By the real clock: the business date of a demonstration stands still, jobs do not.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import models
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from huangshi_tasks.lib import tracing
from units.errors import ends_the_run
from units.models import JobRun

logger = logging.getLogger(__name__)
Row = TypeVar("Row")
Done = TypeVar("Done")
LENGTH = 300  # of what is noted of a run
# what could not be done in the run that is under way
_failed: ContextVar[list[str] | None] = ContextVar("failed", default=None)
AHEAD = timedelta(minutes=10)  # clocks of two machines may differ by so much


@contextmanager
def noted(name: str) -> Iterator[None]:
    """Around one run of a job. What it raises is noted and goes on; rows that it could not do are
    named, and it has run all the same.
    """
    JobRun.objects.update_or_create(name=name, defaults={"started_at": timezone.now()})
    runs = JobRun.objects.filter(name=name)
    failed: list[str] = []
    before = _failed.set(failed)
    number = tracing.current.set(tracing.current.get() or tracing.number_of(None))
    try:
        yield
    except Exception as error:
        runs.update(error=f"{type(error).__name__}: {error}"[:LENGTH])
        raise
    finally:
        _failed.reset(before)
        tracing.current.reset(number)
    said = f"{len(failed)}项未能处理：{'；'.join(failed)}" if failed else ""
    runs.update(finished_at=timezone.now(), error=said[:LENGTH])


def one_by_one(rows: Iterable[Row], act: Callable[[Row], Done]) -> list[Done]:
    """What `act` made of each row. Whatever goes wrong with one is logged, named in the run of the
    job, and costs the others nothing. `act` is a transaction of its own.
    """
    done = []
    for row in rows:
        try:
            done.append(act(row))
        except Exception as error:
            if ends_the_run(error):
                raise
            missed(row, error)
    return done


def missed(row: object, error: Exception) -> None:
    """Log and note what could not be done, inside the handler of its exception."""
    name = f"{row._meta.verbose_name} {row.pk}" if isinstance(row, models.Model) else str(row)
    logger.exception("%s could not be done", name)
    if (failed := _failed.get()) is not None:
        failed.append(f"{name}（{type(error).__name__}）")


def overdue(limits: Mapping[str, timedelta], at: datetime) -> list[str]:
    """The jobs that did not finish within their limit before `at`. Never run counts from the first
    run of any job, or from the last change of the tables: a site just started is not in alarm, and
    one whose worker was never started is. A run later than now counts as none: the clock was set
    back since.
    """
    runs = {run.name: run for run in JobRun.objects.filter(name__in=limits)}
    first = min((run.started_at for run in runs.values()), default=None) or _installed() or at
    last = {name: _last(runs.get(name), first) for name in limits}
    return [name for name, limit in limits.items() if not at - limit <= last[name] <= at + AHEAD]


def _installed() -> datetime | None:
    """When the last migration was applied."""
    applied = MigrationRecorder.Migration.objects.aggregate(last=models.Max("applied"))
    last: datetime | None = applied["last"]
    return last


def _last(run: JobRun | None, first: datetime) -> datetime:
    return run.finished_at if run is not None and run.finished_at is not None else first
