"""One look at the whole database, while others go on working in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from units.locks import only_look

Outside = Callable[[], AbstractContextManager[None]]


@contextmanager
def one_snapshot() -> Iterator[Outside]:
    """What is read inside is the database as it stood at the first look, and nothing is written;
    no save of anybody waits for it. What it yields leads out, to the caller's own connection.

    A caller who is in a transaction sees more than others do: then that one is the snapshot.
    """
    if connection.in_atomic_block:
        yield lambda: _through(connections[DEFAULT_DB_ALIAS])
        return
    outer = connections[DEFAULT_DB_ALIAS]
    own = outer.copy()
    only_look(own)
    if own.vendor == "sqlite":  # a writer's transaction would keep all others waiting
        own.settings_dict["OPTIONS"]["transaction_mode"] = "DEFERRED"
    try:
        with _through(own), transaction.atomic():
            _begin(own)
            yield lambda: _through(outer)
    finally:
        own.close()


def _begin(own: BaseDatabaseWrapper) -> None:
    with own.cursor() as cursor:
        if own.vendor == "postgresql":
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        else:
            cursor.execute("PRAGMA query_only = ON")
        cursor.execute("SELECT count(*) FROM django_migrations")  # the first look


@contextmanager
def _through(chosen: BaseDatabaseWrapper) -> Iterator[None]:
    """Everything that this thread asks goes through `chosen`."""
    before = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = chosen
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = before
