"""The site behind its real server process."""

import http.client
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import WebServer, wait_for


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    """On an empty database: pages cannot work, and every job of the schedule fails."""
    folder: Path = tmp_path_factory.mktemp("web")
    environment = {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "FILES_DIR": str(folder)}
    with WebServer(environment) as server:
        wait_for(lambda: is_up(server))
        yield server


def is_up(server: WebServer) -> bool:
    try:
        with urllib.request.urlopen(f"{server.url}/healthz", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


@pytest.mark.parametrize("megabytes", [10, 60])
def test_too_large_a_form_gets_its_page_and_not_a_broken_connection(
    web: WebServer, megabytes: int
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=20)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/healthz", body=b"x" * (megabytes * 1024 * 1024), headers=form)
    response = connection.getresponse()
    assert response.status == 400
    assert "提交的内容过大" in response.read().decode()


def test_the_site_outlives_jobs_that_fail(web: WebServer) -> None:
    wait_for(lambda: "it is tried again at its next turn" in web.output())
    assert is_up(web)


def test_a_database_without_tables_is_not_ready(web: WebServer) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{web.url}/readyz", timeout=5)
    assert caught.value.code == 503
    assert caught.value.read() == b"failing\nmigrations: failing\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_ends_when_it_is_told_to(tmp_path: Path, number: signal.Signals) -> None:
    with WebServer({"DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}) as server:
        wait_for(lambda: is_up(server))
        server.stop(number)
        assert not server.answers()
        assert "Shutting down: Master" in server.output()
