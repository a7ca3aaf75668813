"""gunicorn's settings for one machine. Behind nginx, raise `workers` and set REDIS_URL."""

import ctypes
import gc
import os
import sys
from contextlib import suppress
from typing import Any

bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 1
threads = 8
timeout = 60
graceful_timeout = 10
control_socket_disable = True
logconfig_dict = {  # as the settings log: one JSON object a line
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "huangshi_tasks.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"gunicorn.error": {"propagate": True}, "gunicorn.access": {"propagate": True}},
}
preload_app = True  # workers share what is loaded once; a new version needs a restart, no reload
M_ARENA_MAX, ARENAS = -8, 2  # of malloc.h; else glibc takes up to eight a core


def on_starting(server: Any) -> None:
    """Serve nothing that anybody could forge or look into: what `check --deploy` would refuse."""
    from huangshi_tasks.command_line import refuse_a_copy
    from huangshi_tasks.unsafe import reasons

    if found := reasons():
        raise SystemExit("拒绝启动：" + "".join(found))
    refuse_a_copy()


def when_ready(server: Any) -> None:
    """Before the first worker: load the code of every page, and let the collector leave alone what
    stays for ever. The workers share that memory, as nothing writes to it.
    """
    from django.urls import get_resolver, reverse

    assert get_resolver().url_patterns
    reverse("units:login")  # the tables of all addresses
    _invite()
    gc.collect()
    gc.freeze()
    _take_few_arenas()


def _take_few_arenas() -> None:
    """Memory that one thread has freed serves the next, as `MALLOC_ARENA_MAX` would have it; the
    workers inherit it.
    """
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL("libc.so.6").mallopt(M_ARENA_MAX, ARENAS)


def _invite() -> None:
    """An empty system is set up in the browser, with the key that is printed here."""
    from django.db import DatabaseError, connection

    from units.first_run.keys import invitation, is_empty, new_key

    try:
        if is_empty():
            sys.stdout.write(f"{invitation(new_key())}\n")
            sys.stdout.flush()
    except DatabaseError:  # not migrated yet
        return
    finally:
        connection.close()  # the workers open their own


def post_worker_init(worker: Any) -> None:
    """Catch up, then serve. Without Redis there is no Celery: the schedule runs in a thread of this
    process.
    """
    from django.conf import settings

    from huangshi_tasks import scheduler

    scheduler.catch_up()
    if settings.REDIS_URL is None:
        scheduler.start()


def child_exit(server: Any, worker: Any) -> None:
    """The numbers of a worker that has ended stay counted; what it held at that moment does not."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # the library has none
