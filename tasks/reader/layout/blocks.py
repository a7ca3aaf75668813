"""Paragraphs and tables: what the lines of a source are before anything is read of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tasks.reader.passages import BLANK, Passage
from tasks.reader.sources.lines import Line, Source


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`pieces` are the lines it was joined from. `after_gap`: a blank line stands before it;
    `goes_on`: what the page says (see `Line`); `is_cut`: it was glued to the one before.
    """

    pieces: tuple[Passage, ...]
    after_gap: bool = False
    goes_on: bool | None = None
    is_cut: bool = False
    indent: int = 0

    @property
    def whole(self) -> Passage:
        whole = self.pieces[0]
        for piece in self.pieces[1:]:
            whole = whole + piece
        return whole

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class TableCell:
    """`is_own` unless it is merged from above; `columns` it covers."""

    passage: Passage
    is_own: bool = True
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by column. `line` is where it begins in the source."""

    cells: dict[int, TableCell]
    line: int

    def own(self) -> list[TableCell]:
        """What stands in this row itself, without blank cells, from left to right."""
        return [
            self.cells[at]
            for at in sorted(self.cells)
            if self.cells[at].is_own and self.cells[at].passage.text.strip(BLANK)
        ]


@dataclass(frozen=True, slots=True)
class Table:
    """`key` names it in decisions; `sheet` is the name of its sheet, for workbooks."""

    key: str
    rows: tuple[Row, ...]
    sheet: str = ""

    @property
    def width(self) -> int:
        ends = [at + cell.columns for row in self.rows for at, cell in row.cells.items()]
        return max(ends, default=0)


Block = Paragraph | Table


@dataclass(slots=True)
class _Grid:
    number: int
    sheet: str = ""
    rows: dict[int, dict[int, TableCell]] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)


def blocks(source: Source) -> list[Block]:
    """Paragraphs as they stand (blank ones left out) and tables of cells, in order."""
    found: list[Block] = []
    grid: _Grid | None = None
    gap = False
    for line in source.lines:
        if line.number in source.dropped:
            continue
        if line.cell is not None:
            if grid is not None and grid.number != line.cell.table:
                found.append(_table(grid))
                grid = None
            grid = grid or _Grid(line.cell.table)
            _put(grid, line)
            continue
        if not line.text.strip(BLANK):
            gap = True
            continue
        if grid is not None:
            found.append(_table(grid))
            grid = None
        found.append(_paragraph(line, after_gap=gap))
        gap = False
    if grid is not None:
        found.append(_table(grid))
    return found


def _paragraph(line: Line, *, after_gap: bool) -> Paragraph:
    whole = Passage.of(line.number, line.text)
    stripped = whole.strip(BLANK)
    indent = len(whole.text) - len(whole.text.lstrip(BLANK))
    return Paragraph((stripped or whole,), after_gap, line.goes_on, indent=indent)


def _put(grid: _Grid, line: Line) -> None:
    cell = line.cell
    assert cell is not None
    grid.sheet = grid.sheet or line.sheet
    passage = Passage.of(line.number, line.text)
    for row in range(cell.row, cell.row + min(cell.rows, 500)):
        is_own = row == cell.row
        grid.rows.setdefault(row, {})[cell.column] = TableCell(passage, is_own, cell.columns)
        grid.lines.setdefault(row, line.number)


def _table(grid: _Grid) -> Table:
    rows = tuple(Row(grid.rows[at], grid.lines[at]) for at in sorted(grid.rows))
    return Table(f"t{grid.number}", rows, grid.sheet)


def paragraphs_of(found: Sequence[Block]) -> Iterator[Paragraph]:
    """The paragraphs among them."""
    return (each for each in found if isinstance(each, Paragraph))
