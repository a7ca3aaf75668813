"""What a load balancer asks. Both answers are plain text and need no login.

`/healthz`: this process answers. `/readyz`: it could also do its work: database reachable, every
migration applied, Redis reachable when one is configured; 503 and the names of what is missing
otherwise (no details: those are in the log). A job of the schedule that has not run for too long
is named too, but the answer stays 200: the pages work without it.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from redis import Redis

from huangshi_tasks.celery import LATE_AFTER
from units.job_runs import overdue

log = logging.getLogger(__name__)


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """200, or 503 with the parts that are not ready, one a line."""
    parts: dict[str, Callable[[], None]] = {"database": _database, "migrations": _migrations}
    if settings.REDIS_URL:
        parts["redis"] = _redis
    missing = [name for name, probe in parts.items() if not _passes(name, probe)]
    text = "".join(f"{name}\n" for name in missing) or "ok\n" + _late_jobs()
    return HttpResponse(
        text, status=503 if missing else 200, content_type="text/plain; charset=utf-8"
    )


def _late_jobs() -> str:
    late = overdue(LATE_AFTER, timezone.now())
    return "".join(f"late: {name}\n" for name in late)


def _passes(name: str, probe: Callable[[], None]) -> bool:
    try:
        probe()
    except Exception:
        log.exception("%s is not ready", name)
        return False
    return True


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise RuntimeError(f"{len(waiting)} migrations are not applied")


def _redis() -> None:
    with Redis.from_url(
        str(settings.REDIS_URL), socket_timeout=3, socket_connect_timeout=3
    ) as client:
        client.ping()
