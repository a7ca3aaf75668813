"""Faults that a walk must find: a row that gets lost, one too many, one after filing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from progress.models import Reminder
from progress.reminding import planning as reminders

FROM = 4  # turns, before the fault begins


class Fault(Protocol):
    def during(self, moment: datetime) -> AbstractContextManager[None]: ...


class Nothing:
    """No fault."""

    @contextmanager
    def during(self, moment: datetime) -> Iterator[None]:
        yield


@dataclass
class Broken:
    """Replaces a function of `progress.reminding.planning` by one that goes wrong."""

    name: str
    wrong: Any
    turns: int = 0

    @contextmanager
    def during(self, moment: datetime) -> Iterator[None]:
        self.turns += 1
        right = getattr(reminders, self.name)
        if self.turns > FROM:
            setattr(reminders, self.name, lambda *given: self.wrong(right, *given))
        try:
            yield
        finally:
            setattr(reminders, self.name, right)


def put_in(kind: str) -> Fault:
    """The fault named by WALK_BREAK; none when it is empty."""
    if not kind:
        return Nothing()
    return {
        "drop": Broken("_add", _drop),
        "double": Broken("_add", _double),
        "late": Broken("open_cases", _Stale()),
    }[kind]


def _drop(right: Any, rows: Sequence[Reminder]) -> int:
    """Lose everything of every third person."""
    return int(right([row for row in rows if row.recipient_id % 3]))


def _double(right: Any, rows: Sequence[Reminder]) -> int:
    """Plan the newest line once more, under another name."""
    copies = [row for row in rows if row.state == "due"][:1]
    for row in copies:
        row.rung = f"{row.rung}bis"
    return int(right([*rows, *copies]))


class _Stale:
    """Yesterday's list of what is open: filings of the day before are reminded of all the same."""

    def __init__(self) -> None:
        self.before: Any = None

    def __call__(self, right: Any, *given: Any) -> Any:
        now = right(*given)
        stale, self.before = self.before, now
        return now if stale is None else stale
