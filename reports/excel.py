"""Workbooks, printed on A3 across. Knows cells, and nothing of the database.

A sheet is written row by row (write-only mode); cells of one look share one style. Every value
goes through `reports.cells`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell as WrittenCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from reports.cells import DATE, LOOKS_LIKE_FORMULA, MOMENT, Cell, Value, cell_value, safe_text

A3 = 8
HEAD_ROW = 3
TITLE_HEIGHT, FACT_HEIGHT, HEAD_HEIGHT = 36, 20, 32
BODY_FONT, HEAD_FONT = "仿宋", "黑体"
TONES = {  # ink and fill; those of the lights on the page
    "done": ("1D5A9E", "DCE9F6"),
    "ok": ("17713F", "DDF1E4"),
    "warn": ("855600", "FBEFC9"),
    "late": ("B0261C", "F9DDDA"),
    "idle": ("566473", "E9EDF1"),
}
_LINE = Side(style="thin", color="808080")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font": Font(name=HEAD_FONT, size=20)},
    "fact": {"font": Font(name=BODY_FONT, size=11)},
    "head": {
        "font": Font(name=HEAD_FONT, size=11),
        "border": _GRID,
        "fill": PatternFill("solid", fgColor="E5EFF9"),
    },
    "group": {
        "font": Font(name=HEAD_FONT, size=11),
        "border": _GRID,
        "fill": PatternFill("solid", fgColor="EEF2F6"),
    },
    "body": {"font": Font(name=BODY_FONT, size=10.5), "border": _GRID},
}


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
                self._append([(1, self.width, row.text, "group", "left")])
            else:
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
            self._styles[key] = self._style(*key)
        cell._style = self._styles[key]  # type: ignore[attr-defined]  # shared, twice as fast
        return cell

    def _style(self, look: str, align: str, tone: str, number_format: str, quoted: bool) -> Any:
        cell = WriteOnlyCell(self.page)
        for name, style in _LOOKS[look].items():
            setattr(cell, name, style)
        vertical = "top" if look == "body" and align == "left" else "center"
        cell.alignment = Alignment(horizontal=align, vertical=vertical, wrap_text=look != "title")
        cell.number_format = number_format
        if tone:
            ink, fill = TONES[tone]
            cell.font = Font(name=BODY_FONT, size=10.5, bold=True, color=ink)
            cell.fill = PatternFill("solid", fgColor=fill)
        cell.quotePrefix = quoted
        return copy(cell._style)  # type: ignore[attr-defined]


def _format_of(value: Value) -> str:
    if isinstance(value, datetime):
        return MOMENT
    return DATE if isinstance(value, date) else "General"
