"""Writes a workbook to fill: cells locked except input, choices and limits told to Excel itself.

What comes back is checked all the same (`reading.py`): pasting goes past every validation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from huangshi_tasks.lib.cell_text import LOOKS_LIKE_FORMULA, lines_of_text, safe_text
from units.sheets import looks
from units.sheets.columns import Column, Table, Value
from units.sheets.formats import DIGITS

A3, LINE_HEIGHT, TALLEST = 8, 15.0, 300.0
CHOICES_LENGTH = 250  # Excel's limit for choices named in the cell itself


@dataclass(frozen=True)
class Row:
    """Values by key of the column. `closed`: inputs that this row does not take."""

    values: Mapping[str, Value]
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Filled:
    """A table with its rows. `spare` blank rows stand below, open in every input."""

    table: Table
    rows: Sequence[Row]
    spare: int = 0
    facts: Sequence[str] = field(default_factory=tuple)


def write_book(sheets: Iterable[Filled]) -> bytes:
    """The workbook of these sheets, in order."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for filled in sheets:
        _Page(book.create_sheet(filled.table.name), filled).write()
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


class _Page:
    def __init__(self, page: Any, filled: Filled) -> None:
        self.page, self.filled = page, filled
        self.columns = filled.table.columns
        self.top = 1 + len([*filled.table.about, *filled.facts]) + 1  # the head row

    def write(self) -> None:
        self._write_head()
        for number, row in enumerate(self.filled.rows, start=self.top + 1):
            self._write_row(number, row)
        last = self.top + len(self.filled.rows)
        for number in range(last + 1, last + self.filled.spare + 1):
            self._write_row(number, Row({}))
        self._validate(last + self.filled.spare)
        self._set_up(last + self.filled.spare)

    def _write_head(self) -> None:
        lines = [self.filled.table.title, *self.filled.facts, *self.filled.table.about]
        last = get_column_letter(len(self.columns))
        for number, text in enumerate(lines, start=1):
            cell = self._put(number, 1, text)
            cell.font = looks.TITLE if number == 1 else looks.ABOUT
            cell.alignment = looks.CENTRE if number == 1 else looks.WRAPPED
            self.page.merge_cells(f"A{number}:{last}{number}")
            width = sum(c.width for c in self.columns if not c.is_hidden)
            height = LINE_HEIGHT * lines_of_text(text, width) + 3
            self.page.row_dimensions[number].height = 30 if number == 1 else height
        for place, column in enumerate(self.columns, start=1):
            cell = self._put(self.top, place, column.heading)
            cell.font, cell.fill, cell.border = looks.HEAD, looks.HEAD_FILL, looks.GRID
            cell.alignment = looks.CENTRE
            dimension = self.page.column_dimensions[get_column_letter(place)]
            dimension.width, dimension.hidden = column.width, self._is_unused(column)
        self.page.row_dimensions[self.top].height = 32

    def _is_unused(self, column: Column) -> bool:
        """Hidden columns, and inputs that no row takes; a sheet with blank rows takes all."""
        rows = self.filled.rows
        is_shut = not self.filled.spare and all(column.key in row.closed for row in rows)
        return column.is_hidden or (is_shut and column.is_input)

    def _write_row(self, number: int, row: Row) -> None:
        lines = 1
        for place, column in enumerate(self.columns, start=1):
            value = row.values.get(column.key)
            is_open = column.is_input and not column.is_hidden and column.key not in row.closed
            cell = self._put(number, place, value)
            cell.font, cell.border = looks.BODY, looks.GRID
            cell.fill = looks.INPUT_FILL if is_open else looks.SHOWN_FILL
            cell.protection = looks.OPEN if is_open else looks.SHUT
            is_figure = column.kind == "number" or isinstance(value, int | float | Decimal)
            cell.alignment = looks.FIGURE if is_figure else looks.WRAPPED
            if is_open and column.kind == "date":
                cell.number_format = "yyyy-mm-dd"
            if isinstance(value, str) and not column.is_hidden:
                lines = max(lines, lines_of_text(value, column.width))
        self.page.row_dimensions[number].height = min(lines * LINE_HEIGHT + 5, TALLEST)

    def _put(self, row: int, place: int, value: Value) -> Any:
        cell = self.page.cell(row, place)
        written = cell_value(value)
        cell.value = written
        if isinstance(written, str):
            cell.data_type = "s"  # whatever it begins with
            cell.quotePrefix = written.startswith(LOOKS_LIKE_FORMULA)
        elif isinstance(written, date):
            cell.number_format = "yyyy-mm-dd"
        return cell

    def _validate(self, last: int) -> None:
        if last <= self.top:
            return
        for place, column in enumerate(self.columns, start=1):
            rule = _rule(column) if column.is_input and not column.is_hidden else None
            if rule is not None:
                letter = get_column_letter(place)
                self.page.add_data_validation(rule)
                rule.add(f"{letter}{self.top + 1}:{letter}{last}")

    def _set_up(self, last: int) -> None:
        page = self.page
        page.protection.sheet = True
        page.protection.formatColumns = page.protection.formatRows = False  # these stay allowed
        page.freeze_panes = f"A{self.top + 1}"
        page.print_title_rows = f"{self.top}:{self.top}"
        page.print_area = f"A1:{get_column_letter(len(self.columns))}{max(last, self.top)}"
        page.page_setup.paperSize, page.page_setup.orientation = A3, "landscape"
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.oddFooter.center.text = "第&P页，共&N页"


def cell_value(value: Value) -> Any:
    """What is written: clean text, days, and figures that Excel can hold exactly."""
    if isinstance(value, str):
        return safe_text(value) or None
    if isinstance(value, Decimal):
        plain = value.normalize()
        is_exact = len(plain.as_tuple().digits) <= DIGITS
        return (float(plain) if plain % 1 else int(plain)) if is_exact else format(plain, "f")
    return value


def _rule(column: Column) -> DataValidation | None:
    """What Excel refuses while somebody types."""
    if column.words:
        listed = ",".join(column.words.values())
        if len(listed) > CHOICES_LENGTH:
            return None
        rule = DataValidation("list", formula1=f'"{listed}"')
    elif column.kind == "number":
        rule = DataValidation("decimal", "between", "-100000000000000", "100000000000000")
    elif column.kind == "date":
        rule = DataValidation("date", "between", "DATE(2000,1,1)", "DATE(2100,12,31)")
    else:
        limit = getattr(column.field, "max_length", None)
        if not limit:
            return None
        rule = DataValidation("textLength", "lessThanOrEqual", str(limit))
    rule.allow_blank, rule.showErrorMessage, rule.showInputMessage = True, True, True
    rule.errorTitle, rule.error = "请核对", column.hint[:200] or "请按要求填写。"
    if column.hint:
        rule.promptTitle, rule.prompt = str(column.title)[:30], column.hint[:200]
    return rule
