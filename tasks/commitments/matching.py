"""Which commitment a number or a step measures, where nobody has said. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

ALIKE = 3  # so many signs in a row that both have


class Worded(Protocol):
    @property
    def text(self) -> str: ...

    @property
    def ordinal(self) -> int: ...


class Placed(Worded, Protocol):
    @property
    def span_start(self) -> int: ...

    @property
    def span_end(self) -> int: ...


def of_span(start: int, end: int, listed: Sequence[Placed]) -> int | None:
    """The place of the one in whose words a number stands; None for a number from elsewhere."""
    for each in listed:
        if each.span_start < end and start < each.span_end:
            return each.ordinal
    return None


def of_words(title: str, listed: Sequence[Worded]) -> int | None:
    """The place of the one that shares the longest words with a step's title; None where none
    shares enough.
    """
    best = max(listed, key=lambda each: shared(title, each.text), default=None)
    return best.ordinal if best is not None and shared(title, best.text) >= ALIKE else None


def shared(one: str, other: str) -> int:
    """How many signs in a row both have, at most."""
    longest, before = 0, [0] * (len(other) + 1)
    for sign in one:
        row = [0] * (len(other) + 1)
        for place, against in enumerate(other, start=1):
            if sign == against:
                row[place] = before[place - 1] + 1
                longest = max(longest, row[place])
        before = row
    return longest
