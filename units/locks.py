"""One process at a time, as long as a transaction lasts; and whether anything may be written."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper


def one_at_a_time(number: int) -> None:
    """Wait, inside the caller's transaction, until no other holds the lock of that number.

    SQLite's IMMEDIATE transaction does that by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def only_look(own: BaseDatabaseWrapper) -> None:
    """Say of a connection that nothing is written through it (`is_read_only`)."""
    own.only_looks = True  # type: ignore[attr-defined]


def is_read_only() -> bool:
    """Whether the connection in use is one of those."""
    return getattr(connections[DEFAULT_DB_ALIAS], "only_looks", False)
