"""Reads the stored text of the log and finds the first row that does not fit.

Every column is read as text in SQL, so that a row tampered into nonsense is a finding, never a
crash.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import count
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import connection

from units.log.chain import GENESIS, Told, is_made, told_by
from units.log.keys import all_keys
from units.log.recording import spell_time

COPIES = ("at", "user_id", "actor_name", "action", "subject_type", "subject_id", "summary")
# entries of before them have neither the column nor the word in the payload
LATER = ("address", "session", "acting_as", "real_at")
TIMES = ("at", "real_at")
COLUMNS = ("position", "payload", "previous_hash", "hash", *COPIES, *LATER)


class Verified(NamedTuple):
    """What was found. `bad`: the position of the first row that was changed, removed, inserted or
    swapped, None when all fit; a cut-off end answers with the first position that is missing.
    """

    bad: int | None
    keyed_from: int | None = None
    lacks_key: bool = False  # of a keyed part only that its entries follow on each other was seen


def first_bad_position() -> int | None:
    return verify().bad


def verify(witnessed: Mapping[int, str] = MappingProxyType({})) -> Verified:
    """Read the whole log. `witnessed`: hashes by position that were written down elsewhere.

    Where a key is set and nothing is made with it, everything may have been rewritten: position 1.
    """
    previous, position, keyed_from, lacks_key = GENESIS, 0, None, False
    told: Told | None = None
    for expected, row in zip(count(1), _rows(), strict=False):
        content = _content(row)
        mark = told_by(content)
        if mark is not None:
            told, keyed_from = mark, keyed_from or expected
            lacks_key = lacks_key or mark.link() is None
        found = row["hash"] or ""
        if not (
            _fits(row, content, expected, previous)
            and is_made(found, previous, row["payload"] or "", told)
        ):
            return Verified(expected, keyed_from, lacks_key)
        if witnessed.get(expected, found) != found:
            return Verified(expected, keyed_from, lacks_key)
        previous, position = found, expected
    if not _head_fits(position, previous) or max(witnessed, default=0) > position:
        return Verified(position + 1, keyed_from, lacks_key)
    if position and keyed_from is None and all_keys():
        return Verified(1)
    return Verified(None, keyed_from, lacks_key)


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


def _content(row: dict[str, str | None]) -> dict[str, Any]:
    """Empty where the payload is none."""
    try:
        content = json.loads(row["payload"] or "")
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _fits(
    row: dict[str, str | None], content: dict[str, Any], expected: int, previous: str
) -> bool:
    if row["position"] != str(expected) or row["previous_hash"] != previous:
        return False
    try:
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
