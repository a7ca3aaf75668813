"""Tables that were copied cell by cell: each cell on a line, or on several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tasks.reader.directory import Directory
from tasks.reader.headings import is_section_title
from tasks.reader.layout.blocks import Block, Paragraph, Row, Table, TableCell
from tasks.reader.layout.columns import (
    AREA,
    NUMBER,
    ROLE_FIELDS,
    TEXT,
    THEME,
    TITLE,
    UNUSED,
    word_field,
)
from tasks.reader.letter import is_furniture
from tasks.reader.markers import HAN, HAN_PAREN, marker_of
from tasks.reader.passages import Passage, joined
from tasks.reader.roles.deadlines import is_deadline
from tasks.reader.roles.labels import DEADLINE, LEAD, LEADER, RESPONSIBLE, SUPPORT
from tasks.reader.roles.leaders import are_leaders
from tasks.reader.roles.units import are_units

_UNITS = (LEAD, SUPPORT, RESPONSIBLE)
_FEED = Passage("\n")
_INTEGER = re.compile(r"\d{1,4}")


@dataclass(slots=True)
class _Lines:
    """Rows of a table whose cells stand one a line, as far as they are read."""

    fields: list[str]
    directory: Directory
    rows: list[Row] = field(default_factory=list)
    cells: dict[int, TableCell] = field(default_factory=dict)
    at: int = -1
    last: int = 0
    line: int = 0

    def close(self) -> None:
        if self.cells:
            self.rows.append(Row(self.cells, self.line))
        self.cells, self.at = {}, -1

    def across(self, passage: Passage) -> None:
        self.close()
        self.rows.append(Row({0: TableCell(passage, columns=len(self.fields))}, passage.line))

    def put(self, at: int, passage: Passage) -> None:
        self.line = self.line if self.cells else passage.line
        before = self.cells.get(at)
        if before is not None and before.is_own:
            passage = joined((before.passage, _FEED, passage))
        self.cells[at] = TableCell(passage)
        self.at = at

    def again(self, passage: Passage, at: int) -> None:
        """Another sentence under the same number: number and units hold for it too."""
        kept = {
            place: replace(cell, is_own=False)
            for place, cell in self.cells.items()
            if self.fields[place] in (NUMBER, *_UNITS, LEADER)
        }
        self.close()
        self.cells = kept
        self.line = passage.line
        self.cells[at] = TableCell(passage)
        self.at = at


def cells_by_line(found: Sequence[Block], directory: Directory) -> list[Block] | None:
    """A table whose cells stand one a line: 序号, 民生实事, 责任单位, 1, …. None: no head."""
    start, heads = _head_run(found)
    if not heads:
        return None
    fields = [word_field(each.text) or UNUSED for each in heads]
    if TEXT not in fields:
        return None
    lines = _Lines(fields, directory)
    lines.rows.append(
        Row({at: TableCell(each.whole) for at, each in enumerate(heads)}, heads[0].whole.line)
    )
    place = start + len(heads)
    words = [each.text for each in heads]
    while place < len(found):
        each = found[place]
        if not isinstance(each, Paragraph) or is_section_title(each.text):
            break
        if is_furniture(each.text) and not _INTEGER.fullmatch(each.text):
            break
        if [
            e.text if isinstance(e, Paragraph) else "" for e in found[place : place + len(words)]
        ] == words:
            lines.close()
            again = [e.whole for e in found[place : place + len(words)] if isinstance(e, Paragraph)]
            lines.rows.append(Row({at: TableCell(e) for at, e in enumerate(again)}, again[0].line))
            place += len(words)
            continue
        row = _whole_row(lines, found, place)
        if row:
            lines.close()
            for at, passage in enumerate(row):
                lines.put(at, passage)
            lines.last = int(row[0].text)
            place += len(row)
            continue
        if not _take(lines, each.whole):
            break
        place += 1
    lines.close()
    if len(lines.rows) < 3:
        return None
    key = f"l{heads[0].whole.line}"
    return [*found[:start], Table(key, tuple(lines.rows)), *found[place:]]


def _whole_row(lines: _Lines, found: Sequence[Block], place: int) -> list[Passage]:
    """The cells of a row that has a line for each column, up to the next number; else nothing."""
    width = len(lines.fields)
    run = [each.whole for each in found[place : place + width + 1] if isinstance(each, Paragraph)]
    if lines.fields[0] != NUMBER or len(run) < width or not _INTEGER.fullmatch(run[0].text):
        return []
    number = int(run[0].text)
    if number not in (lines.last + 1, 1) or any(_INTEGER.fullmatch(p.text) for p in run[1:width]):
        return []
    after = run[width].text if len(run) > width else ""
    marker = marker_of(after)
    is_end = not after or is_furniture(after) or is_section_title(after)
    is_heading = marker is not None and marker.kind in (HAN, HAN_PAREN)
    is_next = bool(_INTEGER.fullmatch(after)) and int(after) == number + 1
    return run[:width] if is_next or is_heading or (is_end and lines.rows) else []


def _head_run(found: Sequence[Block]) -> tuple[int, list[Paragraph]]:
    for start, each in enumerate(found):
        if not isinstance(each, Paragraph) or word_field(each.text) is None:
            continue
        run = []
        for other in found[start : start + 12]:
            if (
                not isinstance(other, Paragraph)
                or len(other.text) > 12
                or word_field(other.text) is None
            ):
                break
            run.append(other)
        fields = {word_field(other.text) for other in run}
        if len(run) >= 3 and {NUMBER, TEXT} & fields and set(ROLE_FIELDS) & fields:
            return start, run
    return 0, []


def _take(lines: _Lines, passage: Passage) -> bool:
    """Put one line into its cell. False: it belongs to the table no more."""
    text, fields = passage.text, lines.fields
    number = fields.index(NUMBER) if NUMBER in fields else None
    digits = _INTEGER.fullmatch(text)
    if number is not None and digits and _is_next(lines, int(text), number):
        lines.close()
        lines.put(number, passage)
        lines.last = int(text)
        return True
    marker = marker_of(text)
    if marker is not None and marker.kind in (HAN, HAN_PAREN) and lines.at != number:
        lines.across(passage)
        return True
    at = _column(lines, passage)
    if at is None:
        return False
    words = fields.index(TEXT)
    if at == words and lines.at > words and number is not None:
        lines.again(passage, at)
    elif at == words and lines.at > words:
        lines.close()
        lines.put(at, passage)
    else:
        lines.put(at, passage)
    return True


def _is_next(lines: _Lines, value: int, number: int) -> bool:
    """Whether a figure alone on a line numbers a new row."""
    if not lines.cells:
        return True
    is_full = lines.at >= len(lines.fields) - 2
    return lines.at != number and (value in (lines.last + 1, 1) or is_full)


def _column(lines: _Lines, passage: Passage) -> int | None:
    """The column a line belongs to, by its nature and by where the row stands."""
    fields, at, text = lines.fields, lines.at, passage.text
    words = fields.index(TEXT)
    after = range(max(at, 0), len(fields))
    if at >= words or words > at + 1:
        if is_deadline(text) and (place := _next(fields, (DEADLINE,), after)) is not None:
            return place
        if are_units(passage, lines.directory):
            filled = at if at >= 0 and fields[at] in _UNITS else None
            ahead = _next(fields, _UNITS, range(at + 1, len(fields)))
            if filled is not None and (ahead is None or (len(text) < 12 and "、" not in text)):
                return filled
            return ahead if ahead is not None else filled
        if are_leaders(text) and (place := _next(fields, (LEADER,), after)) is not None:
            return place
    if at < words:
        following = at + 1 if at + 1 < len(fields) else words
        return following if fields[following] in (AREA, THEME, TITLE) else words
    if at == words or text.endswith(("。", "；", ";", ".")) or len(text) > 20:
        return (
            words
            if at == words or lines.cells.keys() & set(range(words + 1, len(fields)))
            else None
        )
    if not lines.cells or at >= len(fields) - 1:
        return None
    return at + 1


def _next(fields: Sequence[str], wanted: Sequence[str], places: range) -> int | None:
    return next((at for at in places if fields[at] in wanted), None)
