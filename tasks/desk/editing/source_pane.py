"""原文: every line of the source with what it was read as. Pure values that a template draws."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from huangshi_tasks.lib.text import full_width
from tasks.desk.content import Content
from tasks.desk.correcting import keys_of
from tasks.reader import reading as read_as
from tasks.reader.parsed import KEY_TASK
from tasks.reader.reading import SPAN_WORDS, Colored, Doubt
from tasks.reader.sources.lines import Line

# The seven kinds that are shown, by the letter of their class.
KINDS = {
    read_as.ITEM: "i",
    read_as.UNIT: "u",
    read_as.NUMBER: "n",
    read_as.DEADLINE: "d",
    read_as.LEADER: "l",
    read_as.HEADING: "h",
    read_as.UNUSED: "x",
}


class Piece(NamedTuple):
    css: str
    text: str


class Stretch(NamedTuple):
    """Neighbours of one item, by its key in the reading, or of none."""

    item: str
    pieces: tuple[Piece, ...]


class Mark(NamedTuple):
    """A number in the margin where an item begins."""

    item: str
    words: str
    css: str


class LineFace(NamedTuple):
    number: int
    marks: tuple[Mark, ...]
    stretches: tuple[Stretch, ...]


class CellFace(NamedTuple):
    rows: int
    columns: int
    line: LineFace


class RowFace(NamedTuple):
    """A row of a table, named by the line of its first cell."""

    number: int
    place: int
    cells: tuple[CellFace, ...]


class Block(NamedTuple):
    """A paragraph, or the rows of a table."""

    line: LineFace | None
    rows: tuple[RowFace, ...] = ()


class Key(NamedTuple):
    """One entry of the legend."""

    letter: str
    words: str
    total: int


def blocks_of(content: Content, doubts: Sequence[Doubt]) -> list[Block]:
    """The source from its first line to its last, without empty lines."""
    drawing = _Drawing(content, doubts)
    found: list[Block] = []
    lines = [each for each in content.reading.source.lines if each.cell or each.text.strip()]
    for table, mine in groupby(lines, key=lambda each: each.cell.table if each.cell else None):
        if table is None:
            found.extend(Block(drawing.line(each)) for each in mine)
        else:
            found.append(Block(None, tuple(_rows(mine, drawing))))
    return found


def _rows(lines: Iterable[Line], drawing: _Drawing) -> Iterator[RowFace]:
    numbered = ((each.cell.row if each.cell else 0, each) for each in lines)
    for place, mine in groupby(numbered, key=lambda each: each[0]):
        row = [each for _, each in mine]
        cells = tuple(
            CellFace(each.cell.rows, each.cell.columns, drawing.line(each))
            for each in row
            if each.cell is not None
        )
        yield RowFace(row[0].number, place + 1, cells)


def legend_of(content: Content) -> list[Key]:
    """How many stretches of each kind there are; of items how many items,
    of what is in nothing in how many lines.
    """
    counts = Counter(each.kind for each in content.reading.spans)
    counts[read_as.ITEM] = len(content.items)
    unused = {each.span.line for each in content.reading.spans if each.kind == read_as.UNUSED}
    counts[read_as.UNUSED] = len(unused)  # commas between its clauses have no colour
    return [Key(letter, SPAN_WORDS[kind], counts[kind]) for kind, letter in KINDS.items()]


class _Drawing:
    def __init__(self, content: Content, doubts: Sequence[Doubt]) -> None:
        self.spans: dict[int, list[Colored]] = defaultdict(list)
        for each in content.reading.spans:
            self.spans[each.span.line].append(each)
        unknown = [each for each in doubts if each.kind == "unknown_unit"]
        self.unknown = {(one.line, one.start) for each in unknown for one in each.places}
        self.marks = _marks(content, doubts)
        self.keys = keys_of(content.reading.items)

    def line(self, line: Line) -> LineFace:
        shown = full_width(line.text)
        text = shown if len(shown) == len(line.text) else line.text
        pieces = list(self._pieces(line.number, text))
        stretches = tuple(
            Stretch(item, tuple(piece for _, piece in mine))
            for item, mine in groupby(pieces, key=lambda each: each[0])
        )
        return LineFace(line.number, tuple(self.marks.get(line.number, ())), stretches)

    def _pieces(self, number: int, text: str) -> Iterator[tuple[str, Piece]]:
        """Coloured stretches and what stands between them; nothing of the line is left out."""
        at, item = 0, ""
        for each in self.spans[number]:
            start, end = each.span.start, each.span.end
            mine = self.keys[each.item] if each.item is not None else ""
            if start > at:
                between = item if item == mine else ""
                yield between, Piece("", text[at:start])
            item = mine
            yield item, Piece(self._css(each), text[start:end])
            at = end
        if at < len(text):
            yield "", Piece("", text[at:])

    def _css(self, each: Colored) -> str:
        letter = KINDS.get(each.kind)
        if letter is None:
            return ""
        is_bad = (each.span.line, each.span.start) in self.unknown and each.kind == read_as.UNIT
        return f"sp-{letter} bad" if is_bad else f"sp-{letter}"


def _marks(content: Content, doubts: Sequence[Doubt]) -> dict[int, list[Mark]]:
    """Line → the items that begin there; copper for 实事, yellow with a doubt."""
    doubtful = {each.item for each in doubts if each.item is not None and not each.is_small}
    marks: dict[int, list[Mark]] = defaultdict(list)
    for at, each in enumerate(content.items):
        if not each.places or "/" in each.key:
            continue
        css = "" if each.item.kind == KEY_TASK else "p"
        marks[each.places[0].line].append(
            Mark(each.key, str(each.item.number), "w" if at in doubtful else css)
        )
    return marks
