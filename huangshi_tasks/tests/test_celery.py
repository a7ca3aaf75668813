"""Jobs on a real Redis, with a real worker process."""

import time
from typing import Any

import pytest
from kombu.exceptions import OperationalError
from redis import Redis

from conftest import forget_connections
from huangshi_tasks.celery import app
from tests.servers import CeleryWorker, RedisServer, free_port, wait_for

JOB = "celery.backend_cleanup"  # Celery's own, does nothing here


def waiting(server: RedisServer) -> int:
    with Redis.from_url(server.url) as client:
        return int(client.llen("celery"))


@pytest.mark.redis
def test_a_job_waits_in_redis_and_not_in_this_process(on_redis: RedisServer) -> None:
    before = waiting(on_redis)
    app.send_task(JOB)
    assert waiting(on_redis) == before + 1
    app.control.purge()


@pytest.mark.redis
@pytest.mark.postgres
def test_a_worker_process_takes_the_job_and_does_it(
    celery_worker_process: CeleryWorker, on_redis: RedisServer
) -> None:
    sent = app.send_task(JOB)
    wait_for(lambda: f"{sent.id}] succeeded" in celery_worker_process.output())
    assert waiting(on_redis) == 0


@pytest.mark.redis
@pytest.mark.postgres
def test_a_worker_survives_a_restart_of_redis(
    celery_worker_process: CeleryWorker, on_redis: RedisServer
) -> None:
    on_redis.stop()
    wait_for(lambda: "Connection to broker lost" in celery_worker_process.output())
    on_redis.start()
    forget_connections()
    sent = app.send_task(JOB)
    wait_for(lambda: f"{sent.id}] succeeded" in celery_worker_process.output())


@pytest.mark.redis
def test_a_page_that_sends_a_job_does_not_hang_while_redis_is_away(
    on_redis: RedisServer, monkeypatch: Any
) -> None:
    monkeypatch.setattr(app.conf, "broker_url", f"redis://127.0.0.1:{free_port()}/0")
    forget_connections()
    start = time.monotonic()
    with pytest.raises(OperationalError):
        app.send_task(JOB)
    assert time.monotonic() - start < 10
