"""What machines ask, when each part is away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from huangshi_tasks.celery import LATE_AFTER
from huangshi_tasks.watching import health
from huangshi_tasks.watching.parts import apart_by
from tests.servers import RedisServer, free_port
from units.models import JobRun


@pytest.fixture
def jobs_ran(db: None) -> None:
    now = timezone.now()
    for name in LATE_AFTER:
        JobRun.objects.create(name=name, started_at=now, finished_at=now)


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_machines_need_no_login(client: Client, jobs_ran: None, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_machines_ask_by_address(
    client: Client, jobs_ran: None, settings: Any, address: str
) -> None:
    """Over http, by a host that is served to nobody; people get what they got before."""
    settings.ALLOWED_HOSTS = ["ducha.example.gov.cn"]
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(address, headers={"host": "10.1.1.11:8000"})
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert client.get("/login/", headers={"host": "10.1.1.11:8000"}).status_code == 400


def test_the_process_is_up_without_its_database(client: Client) -> None:
    assert client.get("/healthz").status_code == 200


def test_an_unreachable_database_is_not_ready(client: Client, db: None) -> None:
    with patch.object(connection, "cursor", side_effect=OperationalError("gone")):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content.startswith(b"failing\ndatabase: failing\n")
    assert b"gone" not in response.content


def test_a_migration_that_was_not_applied_is_not_ready(client: Client, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'units'")
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"failing\nmigrations: failing\n")


def test_pages_work_without_redis_and_no_balancer_takes_the_node_out(
    client: Client, jobs_ran: None, settings: Any
) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"degraded\nredis: degraded\n")


@pytest.mark.redis
def test_a_redis_that_answers_is_ready(
    client: Client, jobs_ran: None, settings: Any, redis_server: RedisServer
) -> None:
    settings.REDIS_URL = redis_server.url
    assert client.get("/readyz").content == b"ok\n"


def test_where_no_file_can_be_written_it_is_said(
    client: Client, jobs_ran: None, settings: Any, tmp_path: Path
) -> None:
    """A file stands where the folder should: root writes everywhere else."""
    settings.FILES_DIR = tmp_path / "files"
    settings.FILES_DIR.write_text("")
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"not ok\nstorage: not ok\n")


def test_a_look_at_the_store_leaves_nothing_there(
    client: Client, jobs_ran: None, settings: Any, tmp_path: Path
) -> None:
    settings.FILES_DIR = tmp_path / "files"
    client.get("/readyz")
    assert list(settings.FILES_DIR.iterdir()) == []


def test_a_disk_that_is_nearly_full_is_said_beforehand(client: Client, jobs_ran: None) -> None:
    with patch("huangshi_tasks.watching.parts.shutil.disk_usage") as usage:
        usage.return_value.free, usage.return_value.total = 1024**3, 100 * 1024**3
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"degraded\nstorage: degraded\n")


def test_a_worker_that_never_ran_is_said_after_its_grace(client: Client, db: None) -> None:
    """Counted from the last migration: as after an installation, or after a restored archive."""
    applied = MigrationRecorder.Migration.objects
    applied.update(applied=timezone.now())
    assert client.get("/readyz").content == b"ok\n"
    applied.update(applied=timezone.now() - timedelta(minutes=15))
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"not ok\nworkers: not ok\n")


def test_an_answer_stands_for_a_moment(
    client: Client, jobs_ran: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks a hundred times a second asks the database once."""
    monkeypatch.setattr(health, "STANDS", 60.0)
    monkeypatch.setattr(health, "_last", None)
    first = client.get("/readyz").content
    with patch.object(connection, "cursor", side_effect=OperationalError("gone")):
        assert client.get("/readyz").content == first
    monkeypatch.setattr(health, "STANDS", 0.0)
    with patch.object(connection, "cursor", side_effect=OperationalError("gone")):
        assert client.get("/readyz").status_code == 503


@pytest.mark.postgres
@pytest.mark.parametrize("minutes", [-3, 3])
def test_a_clock_that_is_not_the_databases_is_said(
    client: Client, jobs_ran: None, minutes: int
) -> None:
    """As on a node whose clock runs three minutes ahead or behind."""
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"degraded\nclock: degraded\n")


def test_how_far_two_clocks_are_apart_at_least() -> None:
    noon = datetime(2022, 8, 3, 12, tzinfo=UTC)
    second = timedelta(seconds=1)
    assert apart_by(noon, noon - second, noon + second) == timedelta()
    assert apart_by(noon, noon + 3 * second, noon + 4 * second) == 3 * second
    assert apart_by(noon, noon - 4 * second, noon - 3 * second) == 3 * second


def test_a_job_that_stopped_is_said(client: Client, jobs_ran: None) -> None:
    long_ago = timezone.now() - timedelta(minutes=11)
    JobRun.objects.filter(name="progress.jobs.send_notices").update(finished_at=long_ago)
    assert client.get("/readyz").content == b"not ok\nworkers: not ok\n"
