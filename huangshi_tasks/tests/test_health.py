from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.servers import RedisServer, free_port


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_machines_need_no_login(client: Client, db: None, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_the_process_is_up_without_its_database(client: Client) -> None:
    assert client.get("/healthz").status_code == 200


def test_an_unreachable_database_is_not_ready(client: Client, db: None) -> None:
    with patch.object(connection, "cursor", side_effect=OperationalError("gone")):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert b"database" in response.content
    assert b"gone" not in response.content


def test_a_migration_that_was_not_applied_is_not_ready(client: Client, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'units'")
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"migrations\n")


def test_a_configured_redis_that_does_not_answer_is_not_ready(
    client: Client, db: None, settings: Any
) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"redis\n")


@pytest.mark.redis
def test_a_redis_that_answers_is_ready(
    client: Client, db: None, settings: Any, redis_server: RedisServer
) -> None:
    settings.REDIS_URL = redis_server.url
    assert client.get("/readyz").status_code == 200
