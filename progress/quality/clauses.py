"""A text in sentences and clauses, each with its place. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。;!?\n]+")
# a comma between digits parts thousands
_CLAUSE = re.compile(r"(?:[^,()]|(?<=\d),(?=\d{3}(?!\d)))+")


@dataclass(frozen=True)
class Clause:
    """`text` stands at `start` of the whole; `ahead` is what its sentence says before it."""

    start: int
    text: str
    ahead: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Sentence:
    """Up to a full stop, a semicolon or the end of the line."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def clauses(self) -> list[Clause]:
        return [
            Clause(self.start + each.start(), each[0], self.text[: each.start()])
            for each in _CLAUSE.finditer(self.text)
        ]


def sentences_of(plain: str) -> Iterator[Sentence]:
    """The sentences of a `plain` text, without the blanks around them."""
    for each in _SENTENCE.finditer(plain):
        if words := each[0].strip():
            yield Sentence(each.start() + each[0].index(words), words)


def line_at(text: str, plain: str, start: int) -> str:
    """The sentence of `text` in which the place `start` lies."""
    for each in sentences_of(plain):
        if each.start <= start < each.end:
            return text[each.start : each.end]
    return text[start:]
