"""An .xlsx: every sheet a table, read by the product's own bounded reader of workbooks."""

from __future__ import annotations

from tasks.reader.sources.lines import Cell, Line, Source, Unreadable, bounded
from units.sheets import book as books
from units.sheets.package import Unreadable as BadBook


def from_workbook(content: bytes) -> Source:
    """Cells as they are seen, row by row. Raises `Unreadable`."""
    try:
        book = books.open_book(content)
    except BadBook as problem:
        raise Unreadable(str(problem).replace("上传", "导入")) from None
    lines: list[Line] = []
    for table, name in enumerate(book.sheets):
        page = book.page(name)
        merged = {(top, left): (bottom, right) for top, left, bottom, right in page.merges}
        sheet = name
        for row in page.rows():
            for spot in page.row(row):
                if not spot.text.strip():
                    continue
                bottom, right = merged.get((row, spot.column), (row, spot.column))
                cell = Cell(
                    table, row - 1, spot.column - 1, bottom - row + 1, right - spot.column + 1
                )
                lines.append(Line(len(lines) + 1, spot.text, cell, sheet=sheet))
                sheet = ""
    return bounded(Source("xlsx", tuple(lines)))
