"""gunicorn's settings for one machine. Behind nginx, raise `workers` and set REDIS_URL."""

import gc
from typing import Any

bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 1
threads = 8
timeout = 60
graceful_timeout = 10
control_socket_disable = True
preload_app = True  # workers share what is loaded once; a new version needs a restart, no reload


def when_ready(server: Any) -> None:
    """Before the first worker: load the code of every page, and let the collector leave alone what
    stays for ever. The workers share that memory, as nothing writes to it.
    """
    from django.urls import get_resolver, reverse

    assert get_resolver().url_patterns
    reverse("units:login")  # the tables of all addresses
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """Catch up, then serve. Without Redis there is no Celery: the schedule runs in a thread of this
    process.
    """
    from django.conf import settings

    from huangshi_tasks import scheduler

    scheduler.catch_up()
    if settings.REDIS_URL is None:
        scheduler.start()
