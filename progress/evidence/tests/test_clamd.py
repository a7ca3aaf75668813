"""Asking a virus scanner: over TCP and a Unix socket, and what happens when nobody answers."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from huangshi_tasks.lib.clamd import CHUNK, Answer, Scan, is_alive, scan
from tests.cast import Cast
from tests.fake_clamd import EICAR, FakeClamd
from tests.pages import browser, text_of
from units.people.admin_site import scanner_state


def test_without_an_address_nothing_is_asked() -> None:
    assert scan([b"x"], None) == Scan(Answer.NOT_CONFIGURED)


def test_a_clean_file_arrives_whole_whatever_its_chunks() -> None:
    content = [b"a" * (3 * CHUNK + 1), b"", b"end"]
    with FakeClamd() as clamd:
        assert scan(content, clamd.url) == Scan(Answer.CLEAN)
        assert clamd.seen == [b"".join(content)]


def test_a_virus_is_named(tmp_path: Path) -> None:
    with FakeClamd(tmp_path / "clamd") as clamd:
        assert scan([b"X5O!", EICAR], clamd.url) == Scan(Answer.INFECTED, virus="Eicar-Signature")


def test_ping(tmp_path: Path) -> None:
    with FakeClamd(tmp_path / "clamd") as clamd:
        assert is_alive(clamd.url)
    assert not is_alive(clamd.url)


@contextmanager
def saying(answer: bytes) -> Iterator[str]:
    """A server that answers this to anybody and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(CHUNK)
                connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        thread.join(5)


@pytest.mark.parametrize(
    "answer",
    [b"", b"HTTP/1.1 400 Bad Request", b"INSTREAM size limit exceeded. ERROR\0", b"\xff\0"],
)
def test_what_is_no_answer_is_never_taken_for_clean(answer: bytes) -> None:
    with saying(answer) as url:
        assert scan([b"x"], url, timeout=2).answer == Answer.UNREACHABLE


def test_a_scanner_that_is_away_or_silent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        assert scan([b"x"], url, timeout=0.05).answer == Answer.UNREACHABLE
    assert scan([b"x"], url).answer == Answer.UNREACHABLE
    assert scan([b"x"], "unix:/nowhere/clamd").answer == Answer.UNREACHABLE


def test_the_administrator_reads_the_state_of_the_scanner() -> None:
    assert "未配置病毒扫描" in scanner_state(None)
    with FakeClamd() as clamd:
        assert scanner_state(clamd.url) == "病毒扫描正常。"
    assert "没有应答" in scanner_state(clamd.url)


@pytest.mark.django_db
def test_the_state_stands_on_the_page_of_the_system(cast: Cast) -> None:
    assert "没有配置，上传的文件不作扫描" in text_of(browser(cast.admin).get("/status/"))
