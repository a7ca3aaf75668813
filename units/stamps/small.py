"""What is small and asked for everywhere: the names of the place, the names that units had.

A reading request remembers it by its stamp, any other once for itself: no page costs a query more
for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from units.stamps.lasting import standing
from units.stamps.memory import by_stamp

Answer = TypeVar("Answer")
_of_request: ContextVar[dict[Any, Any] | None] = ContextVar("small things", default=None)


def found_once(read: Callable[[], Answer]) -> Answer:
    """What `read` finds of things that are shown with what is finalized; nobody changes it. Within
    a request it stays what it was at first, unless that wrote it (`read_again`).
    """
    kept = _of_request.get()
    if kept is not None and read in kept:
        return cast(Answer, kept[read])
    stamps = standing()
    found = _remembered(read, stamps.finalized) if stamps is not None else read()
    if kept is not None:
        kept[read] = found
    return cast(Answer, found)


@contextmanager
def once_a_request() -> Iterator[None]:
    """For the length of a request, or of a run, they are read once."""
    with as_if_found({}):
        yield


@contextmanager
def as_if_found(answers: dict[Any, Any]) -> Iterator[None]:
    """For what is written where there is no database: reader → what it would find."""
    before = _of_request.set(answers)
    try:
        yield
    finally:
        _of_request.reset(before)


def read_again() -> None:
    """They were written in this request."""
    kept = _of_request.get()
    if kept is not None:
        kept.clear()


@by_stamp(8)
def _remembered(read: Callable[[], Any], stamp: int) -> Any:
    return read()
