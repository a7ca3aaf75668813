"""Workbooks, printed on A3 across. Knows cells, and nothing of the database.

A sheet is written row by row (write-only mode); cells of one look share one style. Every value
goes through `reports.cells`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell as WrittenCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from reports.cells import (
    DATE,
    LOOKS_LIKE_FORMULA,
    MOMENT,
    Cell,
    Value,
    cell_value,
    lines_of,
    safe_text,
)
from reports.looks import style_of

A3 = 8
HEAD_ROW = 3
TITLE_HEIGHT, FACT_HEIGHT, HEAD_HEIGHT, GROUP_HEIGHT = 36, 20, 32, 20
LINE_HEIGHT, ROW_PADDING, TALLEST_ROW = 14.0, 6.0, 409.0  # points; Excel allows no taller row


@dataclass(frozen=True)
class Column:
    """`width` in characters, `align` left, center or right."""

    title: str
    width: float
    align: str = "left"


@dataclass(frozen=True)
class Group:
    """A heading across the whole width."""

    text: str


Row = Group | Sequence[Value | Cell]


@dataclass(frozen=True)
class Sheet:
    """`facts` stand under the title, spread over the width; `fixed` columns stay when scrolled."""

    name: str
    title: str
    facts: Sequence[str]
    columns: Sequence[Column]
    rows: Iterable[Row]
    fixed: int = 0


def write(sheet: Sheet, *, author: str, now: datetime) -> bytes:
    """The workbook of one sheet. `now` is stamped into its properties."""
    writer = _Writer(sheet)
    writer.write()
    properties = writer.book.properties
    properties.creator = safe_text(author)
    properties.created = properties.modified = cell_value(now)
    stream = BytesIO()
    writer.book.save(stream)
    return stream.getvalue()


class _Writer:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.width = len(sheet.columns)
        self.book = Workbook(write_only=True)
        self.page = self.book.create_sheet(re.sub(r"[\[\]:*?/\\]", "", sheet.name)[:31])
        self.row = 0
        self._styles: dict[tuple[Any, ...], Any] = {}

    def write(self) -> None:
        self._set_up_page()
        self._append([(1, self.width, self.sheet.title, "title", "center")])
        self._append(list(self._facts()))
        columns = self.sheet.columns
        self._append((n, n, c.title, "head", "center") for n, c in enumerate(columns, start=1))
        for row in self.sheet.rows:
            if isinstance(row, Group):
                self.page.row_dimensions[self.row + 1].height = GROUP_HEIGHT
                self._append([(1, self.width, row.text, "group", "left")])
            else:
                self.page.row_dimensions[self.row + 1].height = self._height(row)
                pairs = enumerate(zip(row, columns, strict=True), start=1)
                self._append((n, n, value, "body", column.align) for n, (value, column) in pairs)
        self.page.print_area = f"A1:{get_column_letter(self.width)}{self.row}"

    def _set_up_page(self) -> None:
        page = self.page
        for place, column in enumerate(self.sheet.columns, start=1):
            page.column_dimensions[get_column_letter(place)].width = column.width
        for row, height in enumerate((TITLE_HEIGHT, FACT_HEIGHT, HEAD_HEIGHT), start=1):
            page.row_dimensions[row].height = height
        page.freeze_panes = f"{get_column_letter(self.sheet.fixed + 1)}{HEAD_ROW + 1}"
        page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
        page.page_setup.paperSize, page.page_setup.orientation = A3, "landscape"
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_options.horizontalCentered = True
        page.oddFooter.center.text = "第&P页，共&N页"
        margins = page.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom, margins.footer = 0.5, 0.6, 0.3

    def _height(self, row: Sequence[Value | Cell]) -> float:
        """Tall enough for the longest text: not every program fits rows to wrapped text itself."""
        pairs = zip(row, self.sheet.columns, strict=True)
        values = ((v.value if isinstance(v, Cell) else v, column.width) for v, column in pairs)
        lines = max(lines_of(cell_value(value), width) for value, width in values)
        return min(lines * LINE_HEIGHT + ROW_PADDING, TALLEST_ROW)

    def _facts(self) -> Iterable[tuple[int, int, Value | Cell, str, str]]:
        """The line under the title: first to the left, last to the right, others in the middle."""
        count = max(len(self.sheet.facts), 1)
        for place, fact in enumerate(self.sheet.facts):
            is_last = place == count - 1
            first = place * (self.width // count) + 1
            last = self.width if is_last else first + self.width // count - 1
            align = "left" if place == 0 else "right" if is_last else "center"
            yield first, last, fact, "fact", align

    def _append(self, spans: Iterable[tuple[int, int, Value | Cell, str, str]]) -> None:
        """One row of spans: first and last column, value, look, alignment."""
        self.row += 1
        cells: list[WrittenCell | None] = [None] * self.width
        for first, last, value, look, align in spans:
            cells[first - 1] = self._cell(value, look, align)
            if last > first:
                cells[first:last] = [self._cell(None, look, align) for _ in range(first, last)]
                start, end = get_column_letter(first), get_column_letter(last)
                self.page.merged_cells.add(f"{start}{self.row}:{end}{self.row}")
        self.page.append(cells)

    def _cell(self, value: Value | Cell, look: str, align: str) -> WrittenCell:
        given = value if isinstance(value, Cell) else Cell(value)
        written = cell_value(given.value)
        cell = WriteOnlyCell(self.page, written)  # type: ignore[arg-type]  # Decimals too
        is_text = isinstance(written, str)
        if is_text:
            cell.data_type = "s"  # whatever it begins with
        quoted = is_text and str(written).startswith(LOOKS_LIKE_FORMULA)
        key = (look, align, given.tone, given.number_format or _format_of(written), quoted)
        if key not in self._styles:
            self._styles[key] = style_of(self.page, *key)
        cell._style = self._styles[key]  # type: ignore[attr-defined]  # shared, twice as fast
        return cell


def _format_of(value: Value) -> str:
    if isinstance(value, datetime):
        return MOMENT
    return DATE if isinstance(value, date) else "General"
