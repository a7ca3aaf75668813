"""Whether the board says what the tables say: each kept row held against what is derived anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import msgspec

from progress.board.deriving import derive
from progress.board.keeping import board_of
from progress.periods.access import periods_of
from tasks.models import Plan


class Difference(NamedTuple):
    """One value that is not what it should be; `field` such as `shown.frozen.light`."""

    item: str
    until: date | None
    field: str
    kept: Any
    derived: Any


def days_of(plan: Plan) -> list[date | None]:
    """The newest, then the day of every 定稿."""
    days = {each.data_as_of for each in periods_of(plan) if each.is_finalized}
    return [None, *sorted(days)]


def differences(plan: Plan, today: date, until: date | None = None) -> Iterator[Difference]:
    """What readers are shown, rows that no longer hold written first, against the tables."""
    board = board_of(plan, None, today, until)
    derived = derive(plan, today, until)
    tables = board.tables([shown.item.pk for shown in board.shown])
    if len(board.shown) != len(derived):
        yield Difference(str(plan), until, "items", len(board.shown), len(derived))
    for shown in board.shown:
        pk = shown.item.pk
        kept = msgspec.to_builtins({"shown": shown, "tables": tables[pk]})
        found = msgspec.to_builtins({"shown": derived[pk].shown, "tables": derived[pk].tables})
        for field, one, other in _apart(kept, found, ""):
            yield Difference(str(shown.item), until, field, one, other)


def _apart(one: Any, other: Any, field: str) -> Iterator[tuple[str, Any, Any]]:
    """The leaves of two trees that differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted(one.keys() | other.keys()):
            inside = f"{field}.{name}".removeprefix(".")
            yield from _apart(one.get(name), other.get(name), inside)
    elif _are_as_long(one, other):
        for place, pair in enumerate(zip(one, other, strict=True)):
            yield from _apart(*pair, f"{field}.{place}")
    elif one != other:
        yield field, one, other


def _are_as_long(one: Any, other: Any) -> bool:
    lists = isinstance(one, list | tuple) and isinstance(other, list | tuple)
    return lists and len(one) == len(other)
