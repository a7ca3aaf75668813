"""The log: chained, append-only, and whatever is done to it by SQL is found."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError

from units import log
from units.log import triggers
from units.log.verification import first_bad_position
from units.models import LogEntry, LogHead

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 8, 3, 2, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def entries() -> None:
    for n in range(1, 6):
        log.record(
            action="test",
            summary=f"第{n}条 𠮷 “引号” \\ 😀",
            now=NOW + timedelta(minutes=n),
            changes={"number": n},
        )


def tamper(statement: str) -> None:
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    triggers.install(connection)


def test_positions_have_no_gaps_and_the_head_is_the_last(entries: None) -> None:
    positions = list(LogEntry.objects.values_list("position", flat=True))
    assert positions == [1, 2, 3, 4, 5]
    head, last = LogHead.objects.get(), LogEntry.objects.get(position=5)
    assert (head.position, head.hash) == (5, last.hash)


def test_a_whole_log_has_no_bad_position(entries: None) -> None:
    assert first_bad_position() is None


def test_more_than_nine_entries_stand_in_order_of_number() -> None:
    for n in range(12):
        log.record(action="test", summary=str(n), now=NOW)
    assert first_bad_position() is None


def test_an_empty_log_is_whole() -> None:
    assert first_bad_position() is None


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_changes(entries: None, act: str) -> None:
    rows = LogEntry.objects.filter(position=3)
    change: Callable[[], object] = (
        rows.delete if act == "delete" else lambda: rows.update(summary="x")
    )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()
    assert first_bad_position() is None


@pytest.mark.parametrize(
    ("statement", "position"),
    [
        ("UPDATE units_logentry SET summary = 'x' WHERE position = 3", 3),
        ("UPDATE units_logentry SET payload = '{' WHERE position = 2", 2),
        ("UPDATE units_logentry SET payload = 'null' WHERE position = 2", 2),
        ("UPDATE units_logentry SET hash = 'x' WHERE position = 4", 4),
        ("UPDATE units_logentry SET actor_name = '别人' WHERE position = 1", 1),
        ("DELETE FROM units_logentry WHERE position = 3", 3),
        ("DELETE FROM units_logentry WHERE position = 5", 5),
        ("DELETE FROM units_logentry", 1),
        ("UPDATE units_logentry SET position = position + 10 WHERE position = 2", 2),
        ("DELETE FROM units_loghead", 6),
        ("UPDATE units_loghead SET hash = 'x'", 6),
    ],
)
def test_what_was_done_by_sql_is_found_at_its_position(
    entries: None, statement: str, position: int
) -> None:
    tamper(statement)
    assert first_bad_position() == position


def test_two_swapped_rows_are_found_at_the_first(entries: None) -> None:
    tamper("UPDATE units_logentry SET position = 100 WHERE position = 2")
    tamper("UPDATE units_logentry SET position = 2 WHERE position = 3")
    tamper("UPDATE units_logentry SET position = 3 WHERE position = 100")
    assert first_bad_position() == 2


def test_an_inserted_row_is_found(entries: None) -> None:
    tamper(
        "INSERT INTO units_logentry (position, payload, previous_hash, hash, at, actor_name, "
        "action, subject_type, summary) SELECT 6, payload, previous_hash, hash, at, actor_name, "
        "action, subject_type, summary FROM units_logentry WHERE position = 5"
    )
    assert first_bad_position() == 6


def test_a_row_slipped_in_between_is_found_at_its_place(entries: None) -> None:
    for position in (5, 4):  # from the end, for positions are unique
        tamper(f"UPDATE units_logentry SET position = {position + 1} WHERE position = {position}")
    columns = "payload, previous_hash, hash, at, actor_name, action, subject_type, summary"
    tamper(
        f"INSERT INTO units_logentry (position, {columns}) "
        f"SELECT 4, {columns} FROM units_logentry WHERE position = 3"
    )
    assert first_bad_position() == 4


def test_a_cut_off_end_is_found_at_the_first_missing(entries: None) -> None:
    tamper("DELETE FROM units_logentry WHERE position > 3")
    assert first_bad_position() == 4


def test_a_time_that_is_none_is_a_finding_and_no_crash(entries: None) -> None:
    if connection.vendor == "postgresql":  # its column holds times only
        tamper("UPDATE units_logentry SET at = at + interval '1 second' WHERE position = 2")
    else:
        tamper("UPDATE units_logentry SET at = 'gestern' WHERE position = 2")
    assert first_bad_position() == 2


def test_the_command_prints_the_position_and_exits_with_1(
    entries: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_log")
    assert capsys.readouterr().out == ""
    tamper("UPDATE units_logentry SET summary = 'x' WHERE position = 3")
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_log", stdout=sys.stdout)
    assert stopped.value.code == 1
    assert capsys.readouterr().out == "3\n"


def test_a_nul_in_a_text_never_stops_an_act() -> None:
    entry = log.record(action="test", summary="一\x00二", now=NOW)
    assert entry.summary == "一二"
    assert first_bad_position() is None
