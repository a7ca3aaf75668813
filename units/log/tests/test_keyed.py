"""The keyed log against whoever owns the database but not the key."""

from __future__ import annotations

import hashlib
import json
import socket
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.template import Context, Engine

from units import log
from units.log import triggers, witness
from units.log.chain import GENESIS, MARK
from units.log.keys import KeyUnusableError
from units.log.recording import canonical
from units.log.verification import Verified, verify
from units.models import LogEntry, LogHead

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 8, 3, 2, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def keys(settings: LazySettings, tmp_path: Path) -> Path:
    path = tmp_path / "log.key"
    path.write_text("一把放在数据库之外的密钥，" * 4 + "\n", encoding="utf-8")
    settings.LOG_KEY_FILE = path
    return path


ROLES = "huangshi_tasks/deploying/files/data/etc/ducha/postgresql-log.sql"
ATTEMPTS = [
    "UPDATE units_logentry SET summary = 'x'",
    "DELETE FROM units_logentry",
    "TRUNCATE units_logentry",
    "DROP TRIGGER log_no_change ON units_logentry",
    "ALTER TABLE units_logentry DISABLE TRIGGER ALL",
    "ALTER TABLE units_logentry RENAME TO gone",
    "DROP TABLE units_logentry",
    "UPDATE units_loghead SET position = 1",
    "DELETE FROM units_loghead",
    "CREATE OR REPLACE FUNCTION log_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RETURN NEW; END $$",
    "DROP FUNCTION log_move_head(bigint, text, text, text)",
    "DROP SCHEMA public CASCADE",
]


def write(*words: str) -> None:
    for word in words:
        log.record(action="test", summary=word, now=NOW)


@pytest.fixture
def keyed(keys: Path) -> None:
    """Two entries of before, the mark as the third, three after it."""
    write("一", "二")
    call_command("key_log", stdout=StringIO())
    write("四", "五", "六")


def by_sql(*statements: str) -> None:
    triggers.remove(connection)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    triggers.install(connection)


def rewritten_without(position: int, *, keeps_marks: bool) -> None:
    """What an insider does: drop an entry, number the others anew, count every hash again."""
    rows = list(LogEntry.objects.order_by("position"))
    by_sql("DELETE FROM units_logentry", "DELETE FROM units_loghead")
    previous, n = GENESIS, 0
    for row in rows:
        if row.position == position or (row.action == MARK and not keeps_marks):
            continue
        n += 1
        row.position = n
        row.payload = canonical(json.loads(row.payload) | {"position": n})
        row.previous_hash = previous
        row.hash = previous = hashlib.sha256((previous + row.payload).encode()).hexdigest()
        LogEntry.objects.bulk_create([row])
    LogHead.objects.create(id=1, position=n, hash=previous)


def test_from_the_mark_on_nothing_fits_without_the_key(keyed: None, settings: LazySettings) -> None:
    assert verify() == Verified(None, keyed_from=3)
    last = LogEntry.objects.get(position=6)
    plain = hashlib.sha256((last.previous_hash + last.payload).encode()).hexdigest()
    assert last.hash != plain
    settings.LOG_KEY_FILE = None
    assert verify() == Verified(None, keyed_from=3, lacks_key=True)


@pytest.mark.parametrize("position", [1, 2, 4, 5])
@pytest.mark.parametrize("keeps_marks", [True, False])
def test_a_rewritten_chain_is_found(keyed: None, position: int, keeps_marks: bool) -> None:
    rewritten_without(position, keeps_marks=keeps_marks)
    assert verify().bad is not None


def test_a_log_rewritten_as_one_without_a_key_gets_no_new_mark(keyed: None) -> None:
    rewritten_without(4, keeps_marks=False)
    write("七")
    assert verify().bad == 1


def test_a_forged_mark_with_another_key_is_found(
    keyed: None, keys: Path, settings: LazySettings
) -> None:
    """With a mark of an own key the insider has a whole chain, of a key that is not ours."""
    rewritten_without(4, keeps_marks=False)
    settings.LOG_KEY_FILE = keys.with_name("forged.key")
    settings.LOG_KEY_FILE.write_text("x" * 40, encoding="utf-8")
    call_command("key_log", stdout=StringIO())
    assert verify().bad is None
    settings.LOG_KEY_FILE = keys
    assert verify().bad is not None


def test_with_sm3_it_is_as_whole(keys: Path, settings: LazySettings) -> None:
    settings.LOG_DIGEST = "sm3"
    call_command("key_log", stdout=StringIO())
    write("一")
    assert verify() == Verified(None, keyed_from=1)
    assert "sm3" in LogEntry.objects.get(position=1).payload


def test_a_new_key_begins_with_its_own_mark(
    keyed: None, keys: Path, settings: LazySettings
) -> None:
    settings.LOG_KEY_FILE = keys.with_name("two.key")
    settings.LOG_KEY_FILE.write_text(keys.read_text(encoding="utf-8") + "y" * 40, encoding="utf-8")
    write("仍用旧的")
    told = StringIO()
    call_command("key_log", stdout=told)
    assert "第8号" in told.getvalue()
    write("用新的")
    assert verify() == Verified(None, keyed_from=3)
    call_command("key_log", stdout=told)
    assert "没有改变" in told.getvalue()


def test_nothing_is_written_into_a_keyed_log_without_its_key(
    keyed: None, settings: LazySettings
) -> None:
    settings.LOG_KEY_FILE = None
    with pytest.raises(KeyUnusableError, match="没有这个密钥"), transaction.atomic():
        write("七")  # with the act around it
    assert LogEntry.objects.count() == 6


@pytest.mark.parametrize(("text", "told"), [("", "每行一个"), ("short", "32"), (None, "读不到")])
def test_a_key_file_that_is_none_is_told(
    settings: LazySettings, tmp_path: Path, text: str | None, told: str
) -> None:
    settings.LOG_KEY_FILE = tmp_path / "log.key"
    if text is not None:
        settings.LOG_KEY_FILE.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=told):
        call_command("key_log")


def test_what_was_written_down_elsewhere_is_compared(keyed: None, tmp_path: Path) -> None:
    fourth = LogEntry.objects.get(position=4).hash
    call_command("verify_log", "--expect", "4", fourth)
    for position, of_hash in (("4", "0" * 64), ("9", fourth)):
        with pytest.raises(SystemExit):
            call_command("verify_log", "--expect", position, of_hash, stdout=StringIO())
    with pytest.raises(CommandError, match="不是序号"):
        call_command("verify_log", "--expect", "x", fourth)


@pytest.fixture
def file(settings: LazySettings, tmp_path: Path) -> Path:
    path = tmp_path / "witness.txt"
    settings.LOG_WITNESS = urlsplit(path.as_uri())
    return path


@pytest.mark.django_db(transaction=True)
def test_every_commit_is_told_to_the_witness(file: Path) -> None:
    write("一", "二")
    told = witness.read(file)
    assert told == dict(LogEntry.objects.values_list("position", "hash"))
    call_command("verify_log", "--witness", str(file))
    rewritten_without(1, keeps_marks=True)
    with pytest.raises(SystemExit):
        call_command("verify_log", "--witness", str(file), stdout=StringIO())


@pytest.mark.django_db(transaction=True)
def test_a_witness_that_was_away_is_caught_up(file: Path, settings: LazySettings) -> None:
    write("一")
    settings.LOG_WITNESS = urlsplit((file.parent / "gone" / "witness.txt").as_uri())
    write("二")  # nobody's work waits
    with pytest.raises(FileNotFoundError):
        witness.catch_up()
    settings.LOG_WITNESS = urlsplit(file.as_uri())
    witness.catch_up()
    witness.catch_up()
    assert sorted(witness.read(file)) == [1, 2]
    assert len(file.read_text().splitlines()) == 2


@pytest.mark.django_db(transaction=True)
def test_syslog_is_told(settings: LazySettings) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(5)
        settings.LOG_WITNESS = urlsplit(f"syslog://127.0.0.1:{server.getsockname()[1]}")
        write("一")
        line = server.recv(4096).decode()
    assert f"position=1 hash={LogEntry.objects.get().hash}" in line


@pytest.mark.postgres
def test_the_head_moves_forward_and_onto_entries_only(keyed: None) -> None:
    second = LogEntry.objects.get(position=2)
    for position, of_hash in ((2, second.hash), (7, "0" * 64)):
        move = "SELECT log_move_head(%s, %s, '', '')"
        refused = pytest.raises(DatabaseError, match="head of the log")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(move, [position, of_hash])
    assert verify().bad is None


@pytest.mark.postgres
def test_with_the_roles_the_application_can_only_append(keyed: None) -> None:
    """The statements of postgresql-log.sql, then what a stolen DATABASE_URL would try."""
    site = {"database": {"USER": "log_app", "NAME": connection.settings_dict["NAME"]}}
    template, context = django_settings.BASE_DIR / ROLES, Context({"site": site}, autoescape=False)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("CREATE ROLE log_app NOLOGIN")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO log_app")
        cursor.execute(Engine().from_string(template.read_text()).render(context))
        cursor.execute("SET LOCAL ROLE log_app")
    write("七")
    assert verify() == Verified(None, keyed_from=3)
    for attempt in ATTEMPTS:
        refused = pytest.raises(DatabaseError, match=r"permission denied|must be owner")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attempt)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
