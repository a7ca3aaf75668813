"""gunicorn's settings for one machine. Behind nginx, raise `workers` and set REDIS_URL."""

from typing import Any

bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 1
threads = 8
timeout = 60
graceful_timeout = 10
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """Catch up, then serve. Without Redis there is no Celery: the schedule runs in a thread of this
    process.
    """
    from django.conf import settings

    from huangshi_tasks import scheduler

    scheduler.catch_up()
    if settings.REDIS_URL is None:
        scheduler.start()
