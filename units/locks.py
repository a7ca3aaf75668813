"""One process at a time, for as long as a transaction lasts."""

from __future__ import annotations

from django.db import connection


def one_at_a_time(number: int) -> None:
    """Wait, inside the caller's transaction, until no other holds the lock of that number.

    SQLite's IMMEDIATE transaction does that by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
