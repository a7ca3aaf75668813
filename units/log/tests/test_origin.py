"""Who, from where, as whom, and when in truth: in every entry."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from huangshi_tasks.lib import clock
from units import log
from units.log import triggers
from units.log.chain import GENESIS, chain
from units.log.recording import canonical
from units.log.verification import first_bad_position
from units.models import LogEntry, LogHead, User
from units.tests.factories import PASSWORD, signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 8, 3, 2, 0, 0, 123456, tzinfo=UTC)


def test_an_act_says_from_where_in_which_session_and_as_whom(liaison: User) -> None:
    client = Client(REMOTE_ADDR="10.1.1.1")
    client.post("/login/", {"username": "lianluo", "password": PASSWORD})
    client.get("/audit/")
    entry = LogEntry.objects.get(action="refused")
    assert (entry.address, entry.acting_as) == ("10.1.1.1", "市住建局 联络员")
    login = LogEntry.objects.get(action="login")
    assert entry.session == login.session, "one session, one name"
    assert str(entry.session) not in str(client.session.session_key)
    other = Client()
    other.post("/login/", {"username": "lianluo", "password": PASSWORD})
    assert LogEntry.objects.order_by("-position")[0].session != entry.session
    assert first_bad_position() is None


def test_a_job_has_no_address(db: None) -> None:
    entry = log.record(action="test", summary="x", now=NOW)
    assert (entry.address, entry.session, entry.acting_as) == (None, None, None)
    assert "address" not in entry.payload


def test_the_real_time_stands_beside_a_moved_one(db: None) -> None:
    clock.configure(date(2022, 8, 3))
    try:
        entry = log.record(action="test", summary="x", now=clock.now())
    finally:
        clock.configure(None)
    entry.refresh_from_db()
    assert timezone.localdate(entry.at) == date(2022, 8, 3)
    assert entry.real_at is not None
    assert entry.real_at.year > 2022
    assert first_bad_position() is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("address", "'9.9.9.9'"),
        ("address", "NULL"),
        ("session", "'abc'"),
        ("acting_as", "'督查室'"),
        ("acting_as", "NULL"),
    ],
)
def test_a_changed_column_is_found(liaison: User, column: str, value: str) -> None:
    signed_in(liaison).get("/audit/")
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE units_logentry SET {column} = {value} WHERE position = 1")
    triggers.install(connection)
    assert first_bad_position() == 1


def old_entry(**columns: Any) -> None:
    """As it was written before these columns were."""
    fields = {
        "position": 1,
        "at": NOW,
        "user_id": None,
        "actor_name": "系统",
        "action": "test",
        "subject_type": "",
        "subject_id": None,
        "summary": "旧",
    }
    payload = canonical(fields | {"changes": {"address": "10.0.0.1"}, "reason": ""})
    hashed = chain(GENESIS, payload)
    LogEntry.objects.create(
        **fields, **columns, payload=payload, previous_hash=GENESIS, hash=hashed
    )
    LogHead.objects.create(id=1, position=1, hash=hashed)


def test_entries_of_before_still_fit_and_the_chain_goes_on(db: None) -> None:
    old_entry()
    log.record(action="test", summary="新", now=NOW)
    assert first_bad_position() is None


def test_nothing_is_slipped_into_an_entry_of_before(db: None) -> None:
    old_entry(address="9.9.9.9")
    assert first_bad_position() == 1


def test_the_auditor_finds_an_address_and_a_session(liaison: User, auditor: User) -> None:
    client = Client(REMOTE_ADDR="10.1.1.1")
    client.post("/login/", {"username": "lianluo", "password": PASSWORD})
    session = LogEntry.objects.get(action="login").session
    reader = signed_in(auditor)
    page = reader.get("/audit/", {"address": "10.1.1."}).content.decode()
    assert "登录：lianluo" in page
    assert "登录：lianluo" in reader.get("/audit/", {"session": str(session)}).content.decode()
    assert "登录：lianluo" not in reader.get("/audit/", {"address": "10.9."}).content.decode()
