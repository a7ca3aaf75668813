"""What a channel is: a way by which a message leaves the house. Knows nothing of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from huangshi_tasks.lib.text import one_line
from units.models import User


class NotTakenError(Exception):
    """Not taken now; the text says why. It is tried again later."""


class RejectedError(Exception):
    """Refused for good, such as an address that does not exist; the text says why."""


@dataclass(frozen=True)
class Line:
    """One thing told, with the page's full address; empty when it leads nowhere."""

    text: str
    link: str = ""


@dataclass(frozen=True)
class Letter:
    """A message ready to leave. `reference` is the same at every repetition; `note` is said before
    what is told: how much is to be done in all.
    """

    reference: str
    address: str
    name: str
    lines: Sequence[Line]
    note: str = ""

    @property
    def subject(self) -> str:
        """The first thing told, on one line, and how many there are."""
        first = one_line(self.lines[0].text)
        return first if len(self.lines) == 1 else f"{first}等{len(self.lines)}项"


class Channel(Protocol):
    """`key` is stored, `label` is read, a `group` channel has no single recipient."""

    key: str
    label: str
    is_group: bool

    def address_of(self, person: User) -> str:
        """Where `person` is reached; empty when not at all."""
        ...

    def send(self, letter: Letter) -> str:
        """Hand it over and return what the other side said.

        Raises `NotTakenError` or `RejectedError`.
        """
        ...

    def close(self) -> None:
        """Let go of connections kept between two letters."""
        ...
