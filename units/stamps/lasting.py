"""The stamps of what may be remembered (`units.stamps.memory`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from django.db import connection

from units.stamps.current import Stamps, current

_of_request: ContextVar[Stamps | None] = ContextVar("stamps of the request", default=None)


class Brings(Protocol):
    """A session: the stamps came with it, and go when the request writes."""

    stamps: Stamps | None


@contextmanager
def answering(stamps: Stamps | None) -> Iterator[None]:
    """For the length of a request that only reads: those that came with its session."""
    before = _of_request.set(stamps)
    try:
        yield
    finally:
        _of_request.reset(before)


@contextmanager
def until_written(session: Brings) -> Iterator[None]:
    """For the length of a request that may write: the same, until its first statement that is no
    question. From there on it sees what it has written, and remembers nothing.
    """

    def watched(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip("( ").startswith("SELECT"):
            session.stamps = None
            _of_request.set(None)
        return execute(sql, params, many, context)

    with answering(session.stamps), connection.execute_wrapper(watched):
        yield


def standing() -> Stamps | None:
    """Those of the request, while it has not written. None inside a transaction, which sees its own
    and may take them back: what is decided under a lock is asked under it.
    """
    return None if in_transaction() else _of_request.get()


def lasting() -> Stamps | None:
    """The same; asked for where no request brought them."""
    return None if in_transaction() else _of_request.get() or current()


def in_transaction() -> bool:
    """Apart, since a test is one itself."""
    return connection.in_atomic_block
