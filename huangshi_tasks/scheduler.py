"""The schedule without Redis: one thread that runs each job of `BEAT_SCHEDULE` when it is due.

For the demonstration and small offices on one machine. At start every job runs once, which catches
up what was missed while nothing ran. A job that fails is logged and tried again at its next turn;
the thread goes on. With several server processes a lock file lets one of them do it.
"""

import fcntl
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from celery.schedules import crontab, schedule
from django.conf import settings
from django.db import close_old_connections

from huangshi_tasks.celery import BEAT_SCHEDULE, app
from huangshi_tasks.lib.clock import SHANGHAI

log = logging.getLogger(__name__)
TICK_SECONDS = 5.0


class Scheduler:
    """Knows when each job last ran. `run(name)` runs one job; `clock()` gives the real time."""

    def __init__(
        self,
        entries: dict[str, dict[str, Any]],
        run: Callable[[str], object],
        clock: Callable[[], datetime],
    ) -> None:
        self._run = run
        self._clock = clock
        self._jobs = {entry["task"]: _by(entry["schedule"], clock) for entry in entries.values()}
        self._last_run: dict[str, datetime] = {}

    def tick(self) -> list[str]:
        """Run what is due and return its names. Never raises."""
        due = [task for task in self._jobs if self._is_due(task)]
        for task in due:
            self._last_run[task] = self._clock()
            try:
                self._run(task)
            except Exception:
                log.exception("The job %s failed; it is tried again at its next turn", task)
        return due

    def _is_due(self, task: str) -> bool:
        last = self._last_run.get(task)
        if last is not None and last > self._clock():
            log.warning("The clock was set back: %s ran last at %s, and runs now", task, last)
            return True
        return last is None or bool(self._jobs[task].is_due(last).is_due)


def _by(given: crontab | timedelta, clock: Callable[[], datetime]) -> schedule:
    """The same schedule by another clock: a crontab by its five fields, or every so often."""
    if isinstance(given, timedelta):
        return schedule(given, nowfun=clock, app=app)
    names = ("minute", "hour", "day_of_week", "day_of_month", "month_of_year")
    fields = {name: getattr(given, name) for name in names}
    return crontab(**fields, nowfun=clock, app=app)


def run_job(task: str) -> None:
    """Run one job in this thread, raising what it raises."""
    close_old_connections()
    try:
        app.loader.import_default_modules()
        app.tasks[task].apply(throw=True)
    finally:
        close_old_connections()


@contextmanager
def sole_runner(lock: Path) -> Iterator[bool]:
    """Yield whether this process holds the lock; the system frees it when the process ends."""
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def loop(stop: threading.Event, tick: Callable[[], object], lock: Path) -> None:
    """Tick until `stop` is set. While another process holds the lock, wait for it to end."""
    while not stop.is_set():
        with sole_runner(lock) as is_ours:
            while is_ours and not stop.is_set():
                tick()
                stop.wait(TICK_SECONDS)
        stop.wait(TICK_SECONDS)


def catch_up() -> None:
    """Open what fell due while no server ran, before the first page is answered. Never raises: a
    page that finds an opening missed tries again.
    """
    try:
        run_job("progress.jobs.open_periods")
    except Exception:
        log.exception("What fell due could not be opened at the start; pages try again")


def start() -> threading.Event:
    """Start the thread; set the returned event to end it."""
    stop = threading.Event()
    scheduler = Scheduler(BEAT_SCHEDULE, run_job, lambda: datetime.now(SHANGHAI))
    settings.FILES_DIR.mkdir(parents=True, exist_ok=True)
    lock = settings.FILES_DIR / ".scheduler.lock"  # one schedule per site, not per checkout
    threading.Thread(
        target=loop, args=(stop, scheduler.tick, lock), name="scheduler", daemon=True
    ).start()
    return stop
