"""Jobs: what runs without anybody asking, when, and over what.

With REDIS_URL: Celery workers and one beat, each its own process. Without: `.delay()` runs at once
in the calling process, and `huangshi_tasks.scheduler` walks the same schedule in a thread.
Every job is safe to run twice and late; `expires` drops a run that waited so long that the next
one is due anyway.
"""

import os
from datetime import timedelta
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huangshi_tasks.settings")

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "open periods": {
        "task": "progress.jobs.open_periods",
        "schedule": crontab(minute=5),
        "options": {"expires": 50 * 60},
    },
    "send reminders": {
        "task": "progress.jobs.send_reminders",
        "schedule": crontab(minute="*/10", hour="8-20"),
        "options": {"expires": 9 * 60},
    },
    "accept held": {
        "task": "progress.jobs.accept_held",
        "schedule": timedelta(seconds=10),
        "options": {"expires": 9},
    },
    "scan waiting files": {
        "task": "progress.jobs.scan_waiting",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 4 * 60},
    },
    "send notices": {
        "task": "progress.jobs.send_notices",
        "schedule": crontab(),
        "options": {"expires": 50},
    },
    "run exports": {
        "task": "reports.jobs.run_exports",
        "schedule": crontab(),
        "options": {"expires": 50},
    },
    "clear exports": {
        "task": "reports.jobs.clear_exports",
        "schedule": crontab(minute=10, hour=3),
        "options": {"expires": 6 * 3600},
    },
    "witness log": {
        "task": "progress.jobs.witness_log",
        "schedule": crontab(),
        "options": {"expires": 50},
    },
    "nightly": {
        "task": "progress.jobs.nightly",
        "schedule": crontab(minute=30, hour=2),
        "options": {"expires": 6 * 3600},
    },
}

# how long a job may not have run before the office and /readyz say so
LATE_AFTER = {
    "progress.jobs.accept_held": timedelta(minutes=10),
    "progress.jobs.send_notices": timedelta(minutes=10),
    "progress.jobs.scan_waiting": timedelta(minutes=30),
    "progress.jobs.open_periods": timedelta(hours=3),
    "progress.jobs.send_reminders": timedelta(hours=13),  # it rests at night
    "progress.jobs.witness_log": timedelta(hours=1),
    "progress.jobs.nightly": timedelta(hours=26),
    "reports.jobs.run_exports": timedelta(hours=1),
    "reports.jobs.clear_exports": timedelta(hours=27),
}


def configuration() -> dict[str, Any]:
    """Celery's settings. Called at first use, so that importing this module reads no settings."""
    from django.conf import settings

    return {
        "broker_url": settings.REDIS_URL or "memory://",
        "task_always_eager": settings.REDIS_URL is None,
        "timezone": settings.TIME_ZONE,
        "beat_scheduler": "huangshi_tasks.beat:Beat",
        "task_ignore_result": True,
        "accept_content": ["json"],
        "task_serializer": "json",
        # A worker that dies hands its job back, at the latest when the visibility timeout ends;
        # that must be longer than any job may run.
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "task_soft_time_limit": 9 * 60,
        "task_time_limit": 10 * 60,
        "broker_transport_options": {
            "visibility_timeout": 15 * 60,
            "socket_timeout": 10,
            "socket_connect_timeout": 5,
        },
        # A page must not hang because Redis is away.
        "task_publish_retry_policy": {
            "max_retries": 2,
            "interval_start": 0.1,
            "interval_max": 0.5,
        },
        "broker_connection_retry_on_startup": True,
        "worker_hijack_root_logger": False,
        "beat_schedule": BEAT_SCHEDULE,
        "beat_schedule_filename": str(settings.VAR / "celerybeat-schedule"),
    }


app = Celery("huangshi_tasks")
app.add_defaults(configuration)
app.autodiscover_tasks(related_name="jobs")


def _look_first(**of_signal: object) -> None:
    from huangshi_tasks.command_line import refuse_a_copy

    refuse_a_copy()


worker_init.connect(_look_first)
beat_init.connect(_look_first)
