"""系统状态 and /metrics: what they tell, and to whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from huangshi_tasks.watching import parts
from huangshi_tasks.watching.parts import Level, all_parts
from progress.models import Delivery, Message
from tests.cast import Cast
from units.models import JobRun, User

TOKEN = "a-token-of-twenty-characters"


def state(key: str) -> parts.Part:
    return next(part for part in all_parts(timezone.now()) if part.key == key)


def deliver(minutes_ago: int) -> None:
    made = timezone.now() - timedelta(minutes=minutes_ago)
    message = Message.objects.create(key=f"notice:{minutes_ago}", made_at=made)
    Delivery.objects.create(
        message=message, channel="mail", reference=f"<{minutes_ago}@x>", next_at=timezone.now()
    )


def ran(name: str, hours_ago: int, error: str = "") -> None:
    at = timezone.now() - timedelta(hours=hours_ago)
    JobRun.objects.create(name=name, started_at=at, finished_at=at, error=error)


def values(client: Client, **headers: str) -> dict[tuple[str, str], float]:
    """What a scrape brings: name and first label → value."""
    response = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"} | headers)
    assert response.status_code == 200
    return {
        (sample.name, next(iter(sample.labels.values()), "")): sample.value
        for family in text_string_to_metric_families(response.content.decode())
        for sample in family.samples
    }


def test_a_message_that_waits_for_long_is_not_ok(db: None) -> None:
    assert state("deliveries").level == Level.OK
    deliver(5)
    assert state("deliveries").level == Level.OK
    deliver(200)
    assert state("deliveries").level == Level.NOT_OK
    assert "2条等待发送，最早的已等3小时" in state("deliveries").sentence


def test_a_backup_is_missed(db: None) -> None:
    assert state("backup").level == Level.DEGRADED
    assert "ducha-backup.timer" in state("backup").sentence
    ran(parts.BACKUP, 20)
    assert state("backup").level == Level.OK
    JobRun.objects.update(finished_at=timezone.now() - timedelta(hours=27))
    assert state("backup").level == Level.NOT_OK
    JobRun.objects.update(finished_at=timezone.now(), error="OSError: 磁盘已满")
    assert state("backup").level == Level.NOT_OK
    assert "磁盘已满" in state("backup").sentence


def test_a_backup_that_never_went_well_says_why_and_not_that_it_never_ran(db: None) -> None:
    began = timezone.now() - timedelta(hours=3)
    JobRun.objects.create(name=parts.BACKUP, started_at=began, error="OSError: 磁盘已满")
    assert state("backup").level == Level.NOT_OK
    assert state("backup").sentence == "最近一次在3小时以前，没有成功：OSError: 磁盘已满。"


def test_the_check_of_the_files_is_seen(db: None) -> None:
    call_command("verify_files")
    assert state("verify_files").level == Level.OK


def test_without_its_database_only_what_can_be_told_is(db: None) -> None:
    with patch.object(connection, "cursor", side_effect=OperationalError("gone")):
        found = {part.key: part.level for part in all_parts(timezone.now())}
    assert found["database"] == Level.FAILING
    assert "deliveries" not in found


def test_the_administrator_reads_what_to_do(client: Client, db: None) -> None:
    cast = Cast()
    client.force_login(User.objects.get(pk=cast.admin.user.pk))
    html = client.get("/status/").content.decode()
    assert "从没有运行过。请启用 ducha-backup.timer。" in html
    assert "项需要处理" in html
    assert "系统状态" in client.get("/people/").content.decode()


@pytest.mark.parametrize("given", [None, "Bearer wrong", TOKEN])
def test_without_the_token_there_are_no_metrics(
    client: Client, db: None, settings: Any, given: str | None
) -> None:
    headers = {} if given is None else {"authorization": given}
    assert client.get("/metrics", headers=headers).status_code == 404
    settings.METRICS_TOKEN = TOKEN
    wanted = 200 if given == TOKEN else 404
    assert client.get("/metrics", headers=headers).status_code == wanted


def test_pages_are_counted_by_name(client: Client, db: None, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    before = values(client).get(("ducha_request_seconds_count", "units:login"), 0)
    for _ in range(3):
        client.get("/login/")
    found = values(client)
    assert found[("ducha_request_seconds_count", "units:login")] == before + 3


def test_the_numbers_of_the_site_are_those_of_the_moment(
    client: Client, db: None, settings: Any
) -> None:
    settings.METRICS_TOKEN = TOKEN
    deliver(10)
    ran("progress.jobs.nightly", 2, "错误")
    found = values(client)
    assert found[("ducha_deliveries_waiting", "")] == 1
    assert 600 <= found[("ducha_delivery_oldest_seconds", "")] < 700
    assert 7200 <= found[("ducha_job_age_seconds", "progress.jobs.nightly")] < 7300
    assert found[("ducha_job_failed", "progress.jobs.nightly")] == 1
    assert found[("ducha_part_level", "database")] == 0
    assert 0 < found[("ducha_files_free_bytes", "")] <= found[("ducha_files_total_bytes", "")]
