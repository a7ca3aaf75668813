"""`bin/bench pages`: what it judges, what it prints, and that nothing of it stays behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.db import connection

from bench import page_goals, page_list, page_table, pages
from bench.load import floor
from bench.load.acts import ACTS
from bench.load.forms import read_form
from bench.load.processes import cpu_ms
from bench.once import ACTS as ONCE
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


def page(
    items: int, cpu_ms: float, queries: int = 25, role: str = "office", code: str = "now"
) -> dict[str, Any]:
    names = {"page": "overview", "role": role, "items": items, "state": "cold", "code": code}
    cpu = {"connections": 1, "cpu_ms": cpu_ms - 5, "db_ms": 5.0, "floor_cpu_ms": 4.0}
    times = {"median_ms": 12.5, "p95_ms": 20.5}
    counts = {"queries": queries, "objects": 300, "sql_kb": 6.2}
    return names | cpu | times | counts | {"bytes": 2048, "wire_bytes": 1024}


def mix() -> dict[str, Any]:
    spent = {"requests_per_second": 20.5, "cpu_ms": 40.5, "cores": 0.83, "errors": 0}
    return {"code": "now", "items": 144, "mix": "everyday"} | spent | {"worker_mb": 190}


def test_more_than_25_queries_or_one_and_a_half_times_the_cpu_is_too_much() -> None:
    assert page_table.excess([page(144, 100), page(14_400, 150), mix()], 25, 1.5) == []
    (slow,) = page_table.excess([page(14_400, 151), page(144, 100)], 25, 1.5)
    assert slow.startswith("overview office 14400项：所用CPU为144项时的1.51倍")
    (many,) = page_table.excess([page(144, 100, 26), page(14_400, 100)], 25, 1.5)
    assert many == "overview office 144项：26次查询，应不超过25次"


def test_what_is_kept_has_no_growth() -> None:
    rows = [page(144, 10) | {"state": "kept"}, page(14_400, 90) | {"state": "kept"}]
    assert page_table.excess(rows, 25, 1.5) == []


def test_a_cold_page_is_another_address_each_time() -> None:
    assert page_list.address_of("/2022/tasks/", "kept", 3) == "/2022/tasks/"
    assert page_list.address_of("/2022/tasks/?unit=3", "cold", 3) == "/2022/tasks/?unit=3&turn=3"
    assert page_list.address_of("/2022/tasks/", "cold", 4) == "/2022/tasks/?turn=4"


def test_what_stood_before_is_not_judged() -> None:
    assert page_table.excess([page(144, 100, 90, code="before")], 25, 1.5) == []


def test_a_page_grows_on_its_own_and_not_beside_another() -> None:
    found = [page(144, 10), page(14_400, 10), page(144, 90, role="leader")]
    assert page_table.excess([*found, page(14_400, 90, role="leader")], 25, 1.5) == []


def test_three_active_plans_are_held_to_what_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [page(144, 100), page(432, 131)]
    monkeypatch.setattr(pages, "run", lambda *_: found)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert pages.main(["--sizes", "1,3"]) == 0
    assert pages.main(["--sizes", "1,3", "--growth", "1.3"]) == 1
    assert pages.main(["--sizes", "1,3", "--growth", "1.32"]) == 0


def test_the_table_has_a_line_for_each_page_with_every_size_and_one_for_each_mix() -> None:
    found = [page(144, 100), page(1440, 110), page(14_400, 120), mix()]
    head, _, line, _, heads, _, crowd = page_table.table(found).splitlines()
    assert "| 144 items | 1440 items | 14400 items | growth | x floor |" in head
    assert "| overview | office | cold | now | 1 | 95.0+5.0 | 105.0+5.0 | 115.0+5.0 |" in line
    assert line.endswith("| 1.20 | 25.0 | 12.5 | 20.5 | 25 | 300 | 6 | 2 | 1 |")
    assert "worker_mb" in heads
    assert "everyday" in crowd


def test_what_is_furthest_beyond_its_goal_stands_first_beside_what_was_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, written = page(144, 9) | {"state": "kept"}, page(144, 60) | {"page": "submit"}
    wide, crowded = page(14_400, 90), page(144, 99) | {"connections": 8}
    file, other = tmp_path / "now.json", tmp_path / "before.json"
    file.write_text(json.dumps([kept, written, page(144, 50), wide, crowded, mix()]))
    other.write_text(json.dumps([page(144, 200)]))
    assert page_goals.main([str(file), "--before", str(other)]) == 0
    _, _, *lines = capsys.readouterr().out.splitlines()
    first, second, third = lines
    assert first.startswith("| overview | office | cold | 195.0+5.0 | 45.0+5.0 | 20 | 2.50 |")
    assert first.endswith("| 50.0 | 12.5 | 25 | 300 | 6 | 1 |")
    assert second.startswith("| overview | office | kept |  | 4.0+5.0 | 6 | 1.50 |  |")
    assert third.startswith("| submit | office | cold |  | 55.0+5.0 | 40 | 1.50 |")


def test_the_form_of_a_report_is_read_as_a_browser_does() -> None:
    form = read_form(FORM)
    assert form.address == "/2022/reports/1/draft/"
    assert form.values == {"base": "{}", "progress": "已开工\n二期", "level": "2", "on": "1"}


def test_cpu_of_a_process_and_of_the_children_it_had() -> None:
    burn = "import time\nwhile time.process_time() < 0.3: pass"
    before = cpu_ms(os.getpid())
    subprocess.run([sys.executable, "-c", burn], check=True)
    assert 200 < cpu_ms(os.getpid()) - before < 5000


@pytest.mark.django_db
def test_the_floor_is_a_page_of_every_item() -> None:
    """Its table and columns are ours: whoever renames one finds out here."""
    with connection.cursor() as cursor:
        cursor.execute(floor.SESSION, ["nobody"])
        if connection.vendor == "postgresql":
            cursor.execute(floor.ROWS)


FORM = """
<form method="post" action="/logout/"><input name="csrfmiddlewaretoken" value="x"></form>
<form data-autosave="/2022/reports/1/draft/"><input type="hidden" name="base" value="{}">
<textarea name="progress">已开工
二期</textarea><select name="level"><option value="1">一</option>
<option value="2" selected>二</option></select><input type="file" name="file">
<input type="checkbox" name="on" value="1" checked><input type="checkbox" name="off" value="1">
</form><input name="outside" value="3">
"""


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
    pages = [row for row in found if "page" in row]
    pairs = {(row["page"], row["role"], row["state"], row["items"]) for row in pages}
    acts = [("autosave", "reporter"), *ACTS, *((act, "office") for act in ONCE)]
    measured = [*page_list.states(), *((act, role, "cold") for act, role in acts)]
    assert pairs == {(*row, items) for row in measured for items in (144, 288)}
    assert {frozenset(row) for row in pages} == {frozenset(page(144, 1))}
    read = [row["queries"] for row in pages if row["page"] in page_list.PAGES]
    assert max(read) <= 25
    kept = {row["page"]: row["queries"] for row in pages if row["state"] == "kept"}
    assert kept.pop("tasks.xlsx") <= 8  # what leaves is logged
    assert set(kept.values()) == {2}
    mixes = [row for row in found if "mix" in row]
    assert {row["mix"] for row in mixes} == {"everyday", "last hour"}
    assert {frozenset(row) for row in mixes} == {frozenset(mix())}
    assert all(row["errors"] == 0 for row in mixes)
    assert databases(postgres.url) == before
