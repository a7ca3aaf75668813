"""`/metrics`, as Prometheus reads it: what was answered and how fast, of every process of the site
(`PROMETHEUS_MULTIPROC_DIR`), and how the parts are doing at the moment of asking.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector, CollectorRegistry

from huangshi_tasks.watching import parts
from units.models import JobRun, LogHead

REQUESTS = Counter("ducha_requests", "Requests answered", ["page", "method", "status"])
SECONDS = Histogram(
    "ducha_request_seconds",
    "How long a page took",
    ["page"],
    buckets=(0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30),
)
METHODS = frozenset({"GET", "HEAD", "POST"})


def count(request: HttpRequest, status: int, seconds: float) -> None:
    """Note one answer, by the name of its page: addresses are without number."""
    match = request.resolver_match
    page = match.view_name if match is not None and match.view_name else "none"
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(page, method, str(status)).inc()
    SECONDS.labels(page).observe(seconds)


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """404 unless the request carries METRICS_TOKEN: whoever does not know it learns nothing."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        raise Http404
    return HttpResponse(generate_latest(registry()), content_type=CONTENT_TYPE_LATEST)


def registry() -> CollectorRegistry:
    """The processes' numbers, and the site's of this moment."""
    found = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(found)  # type: ignore[no-untyped-call]  # the library has none
    else:
        found.register(REGISTRY)
    found.register(SiteCollector())
    return found


class SiteCollector(Collector):
    """Asks the parts; what cannot be told is left out, its part says so."""

    def collect(self) -> Iterator[Any]:
        now = timezone.now()
        looked = parts.all_parts(now)
        level = GaugeMetricFamily(
            "ducha_part_level", "0 ok, 1 degraded, 2 not ok, 3 failing", labels=["part"]
        )
        for each in looked:
            level.add_metric([each.key], each.level)
        yield level
        yield from _disk()
        if parts.worst(looked) == parts.Level.FAILING:
            return
        yield from _queues(now)
        yield from _jobs(now)
        head = LogHead.objects.first()
        yield _gauge("ducha_log_position", "Entries in the log", head.position if head else 0)


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=value)


def _disk() -> Iterator[GaugeMetricFamily]:
    try:
        room = os.statvfs(settings.FILES_DIR)
    except OSError:
        return
    yield _gauge("ducha_files_free_bytes", "Room for uploads", room.f_bavail * room.f_frsize)
    yield _gauge("ducha_files_total_bytes", "Size of their disk", room.f_blocks * room.f_frsize)


def _queues(now: Any) -> Iterator[GaugeMetricFamily]:
    waiting = parts.waiting_deliveries(now)
    yield _gauge("ducha_deliveries_waiting", "Messages that wait to leave", waiting.number)
    oldest = waiting.oldest.total_seconds()
    yield _gauge("ducha_delivery_oldest_seconds", "How long the oldest has waited", oldest)
    depth = parts.queue_depth() if settings.REDIS_URL else None
    if depth is not None:
        yield _gauge("ducha_queue_depth", "Jobs that wait for a worker", depth)


def _jobs(now: Any) -> Iterator[GaugeMetricFamily]:
    age = GaugeMetricFamily("ducha_job_age_seconds", "Since a job last ended", labels=["job"])
    failed = GaugeMetricFamily("ducha_job_failed", "1: its last run had an error", labels=["job"])
    for run in JobRun.objects.exclude(finished_at=None):
        assert run.finished_at is not None
        age.add_metric([run.name], (now - run.finished_at).total_seconds())
        failed.add_metric([run.name], float(bool(run.error)))
    yield age
    yield failed
