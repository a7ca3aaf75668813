"""One described sheet onto one write-only page: row by row, cells of one look share one style.

Every value goes through `reports.excel.cells`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl.cell import Cell as WrittenCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from reports.excel.book import HEAD_ROW, Block, Row, Sheet
from reports.excel.cells import (
    DATE,
    LOOKS_LIKE_FORMULA,
    MOMENT,
    Cell,
    Formula,
    Value,
    cell_value,
    lines_of,
)
from reports.excel.looks import style_of

TITLE_HEIGHT, FACT_HEIGHT, GROUP_HEIGHT, EMPTY_HEIGHT = 36, 20, 20, 40
LINE_HEIGHT, ROW_PADDING, TALLEST_ROW = 14.0, 6.0, 409.0  # points; Excel allows no taller row
Span = tuple[int, int, Value | Cell, str, str]  # first and last column, value, look, alignment


def write_page(page: Any, sheet: Sheet) -> None:
    """Write `sheet` on the empty page of a write-only workbook."""
    _Writer(page, sheet).write()


class _Writer:
    def __init__(self, page: Any, sheet: Sheet) -> None:
        self.page = page
        self.sheet = sheet
        self.width = len(sheet.columns)
        self.row = 0
        self._styles: dict[tuple[Any, ...], Any] = {}
        self._looks = [("body", column.align) for column in sheet.columns]
        self._widths = [column.width for column in sheet.columns]

    def write(self) -> None:
        self._set_up_page()
        self._append([(1, self.width, self.sheet.title, "title", "center")], TITLE_HEIGHT)
        self._append(list(self._facts()), FACT_HEIGHT)
        self._append(self._head(), self.sheet.head_height)
        for row in self.sheet.rows:
            self._append_body(row)
        if self.row == HEAD_ROW:
            self._append([(1, self.width, self.sheet.empty, "body", "center")], EMPTY_HEIGHT)
        for note in self.sheet.notes:
            lines = lines_of(note, sum(self._widths))
            self._append([(1, self.width, note, "note", "left")], lines * LINE_HEIGHT + ROW_PADDING)
        self.page.print_area = f"A1:{get_column_letter(self.width)}{self.row}"

    def _set_up_page(self) -> None:
        page, sheet = self.page, self.sheet
        for place, width in enumerate(self._widths, start=1):
            page.column_dimensions[get_column_letter(place)].width = width
        page.freeze_panes = f"{get_column_letter(sheet.fixed + 1)}{HEAD_ROW + 1}"
        page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
        page.page_setup.paperSize = sheet.paper.size
        page.page_setup.orientation = sheet.paper.orientation
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_options.horizontalCentered = True
        page.oddFooter.center.text = "第&P页，共&N页"
        margins = page.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom, margins.footer = 0.5, 0.6, 0.3

    def _head(self) -> Iterator[Span]:
        for place, column in enumerate(self.sheet.columns, start=1):
            align = "upright" if column.is_upright else "center"
            yield place, place, str(column.title), "head", align

    def _facts(self) -> Iterator[Span]:
        """The line under the title: first to the left, last to the right, others in the middle."""
        facts = self.sheet.facts[: self.width]
        for place, fact in enumerate(facts):
            is_last = place == len(facts) - 1
            first = place * self.width // len(facts) + 1
            last = (place + 1) * self.width // len(facts)
            align = "left" if place == 0 else "right" if is_last else "center"
            yield first, last, fact, "fact", align

    def _append_body(self, row: Row) -> None:
        if isinstance(row, Sequence):
            cells, lines = self._body(row)
            self._send(cells, _height(max(lines)))
        elif hasattr(row, "text"):
            self._append([(1, self.width, row.text, "group", "left")], GROUP_HEIGHT)
        else:
            self._append_block(row)

    def _append_block(self, block: Block) -> None:
        """Rows with some columns merged from the first to the last."""
        bodies = [self._body(row) for row in block.rows]
        apart = [place for place in range(self.width) if place not in block.merged]
        own = [_tallest(lines, apart) for _, lines in bodies]
        needed = _tallest(bodies[0][1], block.merged)
        more = max(needed - sum(own), 0) / len(own)  # what is said once may need more than all
        if len(bodies) > 1:
            self._merge_down(block.merged, len(bodies))
        for (cells, _), height in zip(bodies, own, strict=True):
            self._send(cells, min(height + more, TALLEST_ROW))

    def _merge_down(self, places: Iterable[int], count: int) -> None:
        """From the next row on."""
        for place in places:
            merged = CellRange(
                min_col=place + 1, max_col=place + 1, min_row=self.row + 1, max_row=self.row + count
            )
            self.page.merged_cells.ranges.add(merged)

    def _body(self, row: Sequence[Value | Cell]) -> tuple[list[WrittenCell | None], list[int]]:
        """The cells of a row, and how many printed lines each takes."""
        cells: list[WrittenCell | None] = []
        lines = []
        for value, look, width in zip(row, self._looks, self._widths, strict=True):
            cell = self._cell(value, *look)
            cells.append(cell)
            is_text = cell.data_type == "s"
            # `_value` is what `value` looks up, slowly
            lines.append(lines_of(cell._value, width) if is_text else 1)  # type: ignore[attr-defined]
        return cells, lines

    def _append(self, spans: Iterable[Span], height: float) -> None:
        """One row of merged spans."""
        cells: list[WrittenCell | None] = [None] * self.width
        row = self.row + 1
        for first, last, value, look, align in spans:
            cells[first - 1] = self._cell(value, look, align)
            if last > first:
                cells[first:last] = [self._cell(None, look, align) for _ in range(first, last)]
                merged = CellRange(min_col=first, min_row=row, max_col=last, max_row=row)
                self.page.merged_cells.ranges.add(merged)  # they never overlap
        self._send(cells, height)

    def _send(self, cells: Sequence[WrittenCell | None], height: float) -> None:
        """Tall enough for the longest text: not every program fits rows to wrapped text itself."""
        self.row += 1
        self.page.row_dimensions[self.row].height = height
        self.page.append(cells)
        del self.page.row_dimensions[self.row]  # written by now; a long ledger would fill memory

    def _cell(self, value: Value | Cell, look: str, align: str) -> WrittenCell:
        tone = number_format = ""
        if isinstance(value, Cell):
            tone, number_format, value = value.tone, value.number_format, value.value
        if isinstance(value, Formula):
            cell = WriteOnlyCell(self.page, value.text)
            cell.data_type = "f"
            quoted = False
        else:
            written = cell_value(value)
            cell = WriteOnlyCell(self.page, written)  # type: ignore[arg-type]  # Decimals too
            is_text = type(written) is str
            quoted = is_text and str(written).startswith(LOOKS_LIKE_FORMULA)
            if is_text:
                cell.data_type = "s"  # whatever it begins with
            elif not number_format:
                number_format = _format_of(written)
        key = (look, align, tone, number_format or "General", quoted)
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = style_of(self.page, *key)
        cell._style = style  # type: ignore[attr-defined]  # shared, twice as fast
        return cell


def _tallest(lines: Sequence[int], places: Iterable[int]) -> float:
    return _height(max((lines[place] for place in places), default=1))


def _height(lines: int) -> float:
    return min(lines * LINE_HEIGHT + ROW_PADDING, TALLEST_ROW)


def _format_of(value: Value) -> str:
    if isinstance(value, datetime):
        return MOMENT
    return DATE if isinstance(value, date) else "General"
