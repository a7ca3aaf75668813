"""Text that knows where it stands in the source, through every cut and join."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from huangshi_tasks.lib.fold import unified, without_hidden

BLANK = " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029\u3000\xa0\ufeff\u200b\u2002\u2003\u2009"


@dataclass(frozen=True, slots=True)
class Span:
    """`start:end` of one line of the source, as it came (hidden signs counted)."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Part:
    at: int
    line: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` as it is read: radicals unified, hidden signs left out. Cut it like a string."""

    text: str = ""
    parts: tuple[_Part, ...] = ()

    @classmethod
    def of(cls, line: int, raw: str) -> Passage:
        """A whole line of the source."""
        parts, shown = [], []
        at = 0
        for start, piece in _visible(raw):
            parts.append(_Part(at, line, start, len(piece)))
            shown.append(unified(piece))
            at += len(piece)
        return cls("".join(shown), tuple(parts))

    def __bool__(self) -> bool:
        return bool(self.text)

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, cut: slice) -> Passage:
        start, end, _ = cut.indices(len(self.text))
        if start >= end:
            return Passage()
        if start == 0 and end == len(self.text):
            return self
        kept = []
        for part in self.parts:
            first, last = max(start, part.at), min(end, part.at + part.length)
            if first < last:
                kept.append(
                    _Part(first - start, part.line, part.start + first - part.at, last - first)
                )
        return Passage(self.text[start:end], tuple(kept))

    def __add__(self, other: Passage) -> Passage:
        return joined((self, other))

    def strip(self, signs: str = BLANK) -> Passage:
        """Without `signs` at both ends."""
        start = len(self.text) - len(self.text.lstrip(signs))
        end = len(self.text.rstrip(signs))
        return self[start : max(start, end)]

    def without(self, pattern: re.Pattern[str]) -> Passage:
        """Without every match of `pattern`."""
        kept, at = [], 0
        for found in pattern.finditer(self.text):
            kept.append(self[at : found.start()])
            at = found.end()
        return joined((*kept, self[at:])) if kept else self

    def between(self, start: int, end: int) -> Passage:
        """What stands between two places of the source, of a passage in one line."""
        pieces = []
        for part in self.parts:
            first, last = max(start, part.start), min(end, part.start + part.length)
            if first < last:
                at = part.at + first - part.start
                pieces.append(self[at : at + last - first])
        return joined(pieces)

    def spans(self) -> tuple[Span, ...]:
        """Where it stands; neighbours in one line are one span."""
        found: list[Span] = []
        for part in self.parts:
            if found and (found[-1].line, found[-1].end) == (part.line, part.start):
                found[-1] = Span(part.line, found[-1].start, part.start + part.length)
            else:
                found.append(Span(part.line, part.start, part.start + part.length))
        return tuple(found)

    @property
    def line(self) -> int:
        """The line on which it begins; 0 for nothing."""
        return self.parts[0].line if self.parts else 0

    @property
    def last_line(self) -> int:
        return self.parts[-1].line if self.parts else 0

    @property
    def start(self) -> int:
        """Where it begins in its first line."""
        return self.parts[0].start if self.parts else 0


def joined(passages: Iterable[Passage]) -> Passage:
    """One after the other, with nothing between."""
    texts: list[str] = []
    parts: list[_Part] = []
    at = 0
    for each in passages:
        texts.append(each.text)
        parts.extend(_Part(at + p.at, p.line, p.start, p.length) for p in each.parts)
        at += len(each.text)
    return Passage("".join(texts), tuple(parts))


def _visible(raw: str) -> Iterator[tuple[int, str]]:
    """Stretches without hidden signs, and where each begins."""
    if without_hidden(raw) == raw:
        if raw:
            yield 0, raw
        return
    start = None
    for at, sign in enumerate(raw):
        if without_hidden(sign):
            start = at if start is None else start
        elif start is not None:
            yield start, raw[start:at]
            start = None
    if start is not None:
        yield start, raw[start:]


def places_of(passages: Iterable[Passage]) -> set[tuple[int, int]]:
    """(line, place) of every character of some passages."""
    return {
        (span.line, at)
        for each in passages
        for span in each.spans()
        for at in range(span.start, span.end)
    }
