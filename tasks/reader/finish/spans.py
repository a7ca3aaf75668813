"""Every character of the source to what it was read as."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huangshi_tasks.lib.fold import without_hidden
from tasks.reader.passages import BLANK, Passage, Span
from tasks.reader.reading import UNUSED, Colored
from tasks.reader.sources.lines import Source

_SIGNS = re.compile(r"[^\w]+")
_Mark = tuple[str, int | None]


class Paint:
    """Colours of all characters; what is painted later covers."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.marks: dict[int, list[_Mark | None]] = {
            line.number: [None] * len(line.text) for line in source.lines
        }

    def put(self, passage: Passage, kind: str, item: int | None = None) -> None:
        for span in passage.spans():
            marks = self.marks[span.line]
            for at in range(span.start, min(span.end, len(marks))):
                marks[at] = (kind, item)

    def put_signs(self) -> None:
        """What parts words and is no word (the | of a row) belongs to the labels around it."""
        for line in self.source.lines:
            marks = self.marks[line.number]
            for found in _SIGNS.finditer(line.text):
                stretch = range(*found.span())
                if all(marks[at] is None for at in stretch):
                    for at in stretch:
                        marks[at] = ("label", None)

    def spans(self) -> tuple[Colored, ...]:
        """All that is no blank, in order; what nothing took is unused."""
        found: list[Colored] = []
        for line in self.source.lines:
            found.extend(self._of_line(line.number, line.text))
        return tuple(found)

    def _of_line(self, number: int, text: str) -> Iterator[Colored]:
        start: int | None = None
        current: _Mark = (UNUSED, None)
        for at, sign in enumerate(text):
            if _is_blank(sign):
                if start is not None:
                    yield Colored(Span(number, start, at), *current)
                start = None
                continue
            mark = self.marks[number][at] or (UNUSED, None)
            if start is not None and mark != current:
                yield Colored(Span(number, start, at), *current)
                start = None
            if start is None:
                start, current = at, mark
        if start is not None:
            yield Colored(Span(number, start, len(text)), *current)


def _is_blank(sign: str) -> bool:
    return sign in BLANK or sign.isspace() or not without_hidden(sign)
