"""What a file says: lines in their order, and where a line is a cell of a table."""

from __future__ import annotations

from dataclasses import dataclass

MOST_CHARACTERS = 200_000  # twelve times the notice of 2022
MOST_LINES = 8_000  # with something in them; each cell of a table is one


class Unreadable(Exception):  # noqa: N818  # an answer, not a fault
    """`str()` is a whole Chinese sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Place of a cell in its table, counted from 0; merged cells cover `rows` × `columns`."""

    table: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, or one cell (whose paragraphs are parted by line feeds).

    `number` counts from 1. `goes_on`: whether it is the rest of the line above; None where only
    the words can tell. `sheet`: the name of the sheet that begins here.
    """

    number: int
    text: str
    cell: Cell | None = None
    goes_on: bool | None = None
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """`kind`: txt, docx, xlsx, pdf. `dropped` are running heads and page numbers, with their
    lines: they stand in `lines` too.
    """

    kind: str
    lines: tuple[Line, ...]
    dropped: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        """All of it, a line a line; what a plan keeps as its source."""
        return "\n".join(line.text for line in self.lines)


def bounded(source: Source) -> Source:
    """The same, unless it is too long for a notice. Raises `Unreadable`."""
    size = sum(len(line.text) for line in source.lines)
    lines = sum(bool(line.text.strip()) for line in source.lines)
    if size > MOST_CHARACTERS or lines > MOST_LINES:
        raise Unreadable(
            f"内容有{size}字、{lines}行（格），不像一份责任分解，请只保留通知正文和分解表后再导入。"
        )
    if not any(line.text.strip() for line in source.lines):
        raise Unreadable("文件是空的，请重新选择。")
    return source
