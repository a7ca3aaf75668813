"""What is promised of messages when processes and servers die (docs/reliability.md).

Real parts: Celery workers, Redis, PostgreSQL and a mail server on ports of their own. A minute of
leases and waits lasts one second here (`OUTBOX_MINUTE=1`). With `--slow` each runs ten times.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from progress.jobs import send_notices
from progress.models import Delivery, DeliveryState, Reminder, ReminderState
from progress.reminding import messages
from tests.outbox_seed import make_notices
from tests.postgres import PostgresServer
from tests.servers import CeleryWorker, RedisServer, wait_for
from tests.smtp import SmtpSink

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.django_db(transaction=True),
]
Start = Callable[..., CeleryWorker]
ten_times = pytest.mark.parametrize(
    "turn", [0, *(pytest.param(turn, marks=pytest.mark.slow) for turn in range(1, 10))]
)
HOUR = 60  # seconds, when a minute lasts one
TODAY = "2022-08-03"


def database_url() -> str:
    here = connection.settings_dict
    return f"postgres://{here['USER']}@{here['HOST']}:{here['PORT']}/{here['NAME']}"


@pytest.fixture
def start(on_redis: RedisServer, smtp_sink: SmtpSink) -> Iterator[Start]:
    """Starts workers; whoever is left is ended."""
    with ExitStack() as running:

        def start_one(database: str = "") -> CeleryWorker:
            environment = {
                "DATABASE_URL": database or database_url(),
                "FILES_DIR": str(settings.FILES_DIR),
                "EMAIL_URL": f"smtp://127.0.0.1:{smtp_sink.port}",
                "BUSINESS_DATE": TODAY,
                "ALLOW_BUSINESS_DATE": "1",
                "OUTBOX_MINUTE": "1",
            }
            return running.enter_context(CeleryWorker(on_redis.url, environment))

        yield start_one


def until_sent(count: int) -> None:
    """Let the schedule turn until every notice has ended."""

    def is_done() -> bool:
        send_notices.delay()
        time.sleep(0.5)  # the turns of the schedule
        return Delivery.objects.filter(state=DeliveryState.SENT).count() == count

    wait_for(is_done)
    assert set(Reminder.objects.values_list("state", flat=True)) == {ReminderState.SENT}


@ten_times
@pytest.mark.parametrize("step", ["hello", "before_answer"])
def test_a_worker_killed_before_the_answer_loses_and_repeats_nothing(
    start: Start, smtp_sink: SmtpSink, step: str, turn: int
) -> None:
    make_notices(3)
    smtp_sink.hold_at = step
    worker = start()
    send_notices.delay()
    wait_for(smtp_sink.reached.is_set)
    worker.stop(signal.SIGKILL)
    smtp_sink.hold_at = ""
    start()
    until_sent(3)
    assert sorted(Counter(smtp_sink.ids).values()) == [1, 1, 1]


@ten_times
def test_a_kill_between_the_answer_and_our_commit_repeats_one_message_under_its_own_id(
    start: Start, smtp_sink: SmtpSink, turn: int
) -> None:
    make_notices(1)
    messages.make_notices(now=timezone.now(), at=timezone.now())
    smtp_sink.hold_at = "before_answer"
    worker = start()
    send_notices.delay()
    wait_for(smtp_sink.reached.is_set)
    with transaction.atomic():
        Delivery.objects.select_for_update().get()  # our commit waits for this
        smtp_sink.hold_at = ""
        wait_for(lambda: len(smtp_sink.messages) == 1)
        worker.stop(signal.SIGKILL)
    start()
    until_sent(1)
    assert len(smtp_sink.ids) == 2
    assert set(smtp_sink.ids) == {Delivery.objects.get().reference}


@ten_times
def test_two_beats_and_two_workers_send_each_message_once(
    start: Start, smtp_sink: SmtpSink, turn: int
) -> None:
    make_notices(60)
    start()
    start()
    for _ in range(6):
        send_notices.delay()
    until_sent(60)
    assert max(Counter(smtp_sink.ids).values()) == 1


@ten_times
def test_a_redis_that_is_restarted_and_empty_loses_nothing(
    start: Start, smtp_sink: SmtpSink, on_redis: RedisServer, turn: int
) -> None:
    start()
    make_notices(5)
    send_notices.delay()
    on_redis.stop(signal.SIGKILL)
    on_redis.start()
    until_sent(5)
    assert max(Counter(smtp_sink.ids).values()) == 1


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(10))
def test_a_mail_server_that_is_away_for_an_hour_costs_the_hour(
    start: Start, smtp_sink: SmtpSink, turn: int
) -> None:
    smtp_sink.stop()
    make_notices(3)
    start()
    end = time.monotonic() + HOUR
    while time.monotonic() < end:
        send_notices.delay()
        time.sleep(1)
    assert Delivery.objects.filter(state=DeliveryState.WAITING, attempts__gte=4).count() == 3
    smtp_sink.start()
    time.sleep(HOUR)  # the longest wait
    until_sent(3)
    assert sorted(Counter(smtp_sink.ids).values()) == [1, 1, 1]


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(10))
def test_a_database_that_is_restarted_in_the_middle_loses_and_repeats_nothing(
    start: Start, smtp_sink: SmtpSink, turn: int
) -> None:
    with PostgresServer() as server:
        environment = os.environ | {"DATABASE_URL": server.url}
        for command in (["manage.py", "migrate", "-v0"], ["-m", "tests.outbox_seed", "5"]):
            subprocess.run([sys.executable, *command], check=True, env=environment)
        smtp_sink.hold_at = "before_answer"
        worker = start(server.url)
        send_notices.delay()
        wait_for(smtp_sink.reached.is_set)
        server.stop()
        smtp_sink.hold_at = ""
        server.start()

        def is_done() -> bool:
            send_notices.delay()
            time.sleep(0.5)
            return len(set(smtp_sink.ids)) == 5

        wait_for(is_done)
        wait_for(lambda: worker.output().count("succeeded") >= 2)
        assert max(Counter(smtp_sink.ids).values()) == 1
