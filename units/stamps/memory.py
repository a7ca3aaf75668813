"""What is remembered in this process for as long as nothing shown was written.

A function remembered so takes a stamp among its arguments. The stamp is read before the function
runs, so that what it finds is at least as new; after a write the stamp is another, and so is the
question. What it returns is shared by all threads: nobody changes it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

Answer = TypeVar("Answer")
_forgetting: list[Callable[[], None]] = []


def by_stamp(most: int) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """`lru_cache` of `most` answers, which `forget` empties with all others."""

    def remember(function: Callable[..., Answer]) -> Callable[..., Answer]:
        remembered = lru_cache(maxsize=most)(function)
        _forgetting.append(remembered.cache_clear)
        return remembered

    return remember


def forget() -> None:
    """Everything: the database is another one, as between two tests."""
    for each in _forgetting:
        each()
