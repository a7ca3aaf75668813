"""Reads the stored text of the log and finds the first row that does not fit.

Every column is read as text in SQL, so that a row tampered into nonsense is a finding, never a
crash.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

from django.db import connection

from units.log.recording import GENESIS, chain, spell_time

COPIES = ("at", "user_id", "actor_name", "action", "subject_type", "subject_id", "summary")
# entries of before them have neither the column nor the word in the payload
LATER = ("address", "session", "acting_as", "real_at")
TIMES = ("at", "real_at")
COLUMNS = ("position", "payload", "previous_hash", "hash", *COPIES, *LATER)


def first_bad_position() -> int | None:
    """The position of the first row that was changed, removed, inserted or swapped; None when all
    fit.

    A cut-off end answers with the first position that is missing.
    """
    previous = GENESIS
    position = 0
    for expected, row in zip(count(1), _rows(), strict=False):
        if not _fits(row, expected, previous):
            return expected
        previous = row["hash"] or ""
        position = expected
    return None if _head_fits(position, previous) else position + 1


def _rows() -> Iterator[dict[str, str | None]]:
    columns = ", ".join(f"CAST({_quote(name)} AS TEXT)" for name in COLUMNS)
    with connection.cursor() as cursor:
        # Names are the constants above, nothing from outside. The order is by the column of the
        # table: PostgreSQL would take a bare name for the text of the list, where 10 is before 2.
        cursor.execute(f"SELECT {columns} FROM units_logentry AS t ORDER BY t.position, t.id")  # noqa: S608
        while batch := cursor.fetchmany(500):
            for values in batch:
                yield dict(zip(COLUMNS, values, strict=True))


def _quote(name: str) -> str:
    return connection.ops.quote_name(name)


def _fits(row: dict[str, str | None], expected: int, previous: str) -> bool:
    payload = row["payload"] or ""
    if row["position"] != str(expected) or row["previous_hash"] != previous:
        return False
    if row["hash"] != chain(previous, payload):
        return False
    try:
        content = json.loads(payload)
        told = {name: content[name] for name in COPIES}
        told |= {name: content.get(name) for name in LATER}
        return content["position"] == expected and all(
            _copy(name, row[name]) == _text(value) for name, value in told.items()
        )
    except (ValueError, KeyError, TypeError, OverflowError):
        return False


def _copy(name: str, stored: str | None) -> str | None:
    if name not in TIMES or stored is None:
        return stored
    at = datetime.fromisoformat(stored)
    return spell_time(at if at.tzinfo else at.replace(tzinfo=UTC))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _head_fits(position: int, last_hash: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(position AS TEXT), CAST(hash AS TEXT) FROM units_loghead")
        heads = cursor.fetchall()
    if position == 0:
        return not heads
    return bool(heads == [(str(position), last_hash)])
