"""A return reaches the mailbox through real parts: PostgreSQL, Redis, a Celery worker, SMTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection

from progress.jobs import send_notices
from progress.lifecycle import by_office
from progress.models import Reminder, ReminderState
from tests.cast import Cast, at, file_report, make_item, make_plan, report_of
from tests.servers import CeleryWorker, RedisServer, wait_for
from tests.smtp import SmtpSink

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def worker(
    on_redis: RedisServer, smtp_sink: SmtpSink, transactional_db: None
) -> Iterator[CeleryWorker]:
    database = connection.settings_dict
    address = f"{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environment = {
        "DATABASE_URL": f"postgres://{address}",
        "FILES_DIR": str(settings.FILES_DIR),
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp_sink.port}",
        "BUSINESS_DATE": "2022-08-06",
        "ALLOW_BUSINESS_DATE": "1",
    }
    with CeleryWorker(on_redis.url, environment) as running:
        yield running


def test_a_return_is_mailed_once_however_often_the_job_runs(
    worker: CeleryWorker, smtp_sink: SmtpSink
) -> None:
    cast = Cast()
    cast.reporter.user.email = "liaison@sample.invalid"
    cast.reporter.user.save()
    report = report_of(make_item(make_plan(), cast), cast.lead)
    sent = file_report(cast, report, at("2022-08-05"), 180)
    saturday = at("2022-08-06", "00:01:00")
    by_office.return_to_unit(
        report=sent, actor=cast.office, now=saturday, reason="示例：请补充照片。"
    )
    for _ in range(3):
        send_notices.delay()

    def is_done() -> bool:
        return worker.output().count("] succeeded") >= 3

    wait_for(is_done)
    assert [message["to"] for message in smtp_sink.messages] == ["liaison@sample.invalid"]
    states = set(Reminder.objects.values_list("state", flat=True))
    assert states == {ReminderState.SENT}
