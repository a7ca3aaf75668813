"""`bin/bench pages`: what it judges, what it prints, and that nothing of it stays behind."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from bench import page_list, page_table
from conftest import lacking
from tests.postgres import PostgresServer
from tests.servers import Missing, wait_for

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL of the test's own, whatever the suite runs on."""
    try:
        server = PostgresServer()
    except Missing as missing:
        lacking(str(missing))
    with server:
        yield server


def page(items: int, median_ms: float, queries: int = 25, role: str = "office") -> dict[str, Any]:
    names = {"page": "overview", "role": role}
    times = {"median_ms": median_ms, "p95_ms": 2 * median_ms}
    return names | {"items": items} | times | {"queries": queries, "bytes": 2048}


def test_more_than_25_queries_or_one_and_a_half_times_the_time_is_too_much() -> None:
    assert page_table.excess([page(144, 100), page(14_400, 150)], 25, 1.5) == []
    (slow,) = page_table.excess([page(14_400, 151), page(144, 100)], 25, 1.5)
    assert slow.startswith("overview office 14400项：中位用时为144项时的1.51倍")
    (many,) = page_table.excess([page(144, 100, 26), page(14_400, 100)], 25, 1.5)
    assert many == "overview office 144项：26次查询，应不超过25次"


def test_a_page_grows_on_its_own_and_not_beside_another() -> None:
    found = [page(144, 10), page(14_400, 10), page(144, 90, role="leader")]
    assert page_table.excess([*found, page(14_400, 90, role="leader")], 25, 1.5) == []


def test_the_table_has_a_line_for_each_page_and_role_with_every_size() -> None:
    found = [page(144, 100), page(1440, 110), page(14_400, 120, 22)]
    first, _, line = page_table.table(found).splitlines()
    assert [word for word in first.split() if word.isdigit()] == ["144", "1440", "14400"]
    figures = line.replace("/", " ").split()
    assert figures == [
        "overview",
        "office",
        "100.0",
        "200.0",
        "110.0",
        "220.0",
        "120.0",
        "240.0",
        "1.20",
        "25",
        "2",
    ]


def run_pages(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bench.pages", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def databases(server: str) -> set[str]:
    connection = psycopg2.connect(server)
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        found = {name for (name,) in cursor.fetchall()}
    connection.close()
    return found


def test_an_interrupted_measurement_leaves_no_database(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres.url)
    before = databases(postgres.url)
    running = run_pages("--sizes", "1")
    wait_for(lambda: databases(postgres.url) != before)
    running.send_signal(signal.SIGTERM)
    _, said = running.communicate(timeout=120)
    assert running.returncode == 130
    assert "已中断" in said
    assert databases(postgres.url) == before


@pytest.mark.slow
def test_pages_are_measured_on_a_full_year_and_a_copy_of_it(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres.url)
    before = databases(postgres.url)
    running = run_pages("--json", "--sizes", "1,2", "--rounds", "2")
    output, said = running.communicate()
    assert running.returncode in (0, 1), said  # how fast this machine is, is not tested
    found = json.loads(output)
    pairs = {(row["page"], row["role"], row["items"]) for row in found}
    assert pairs == {(*row, items) for row in page_list.rows() for items in (144, 288)}
    keys = {"page", "role", "items", "median_ms", "p95_ms", "queries", "bytes"}
    assert {frozenset(row) for row in found} == {frozenset(keys)}
    assert max(row["queries"] for row in found) <= 25
    assert databases(postgres.url) == before
