"""Celery's own schedule, with one thing more: a clock that was set back stops no job."""

import logging

from celery.beat import PersistentScheduler, ScheduleEntry

log = logging.getLogger(__name__)


class Beat(PersistentScheduler):  # type: ignore[misc]  # Celery has no annotations
    """Keeps in a file when each job ran last; a last run later than now counts as never."""

    def is_due(self, entry: ScheduleEntry) -> tuple[bool, float]:
        """Whether it is due, and in how many seconds to look again (`celery.schedules`)."""
        due, seconds = super().is_due(entry)
        last = entry.last_run_at
        if last is not None and last > entry.default_now():
            log.warning("The clock was set back: %s ran last at %s, and runs now", entry.name, last)
            return True, seconds
        return due, seconds
