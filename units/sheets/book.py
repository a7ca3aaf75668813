"""An uploaded workbook, opened: values as people see them, and the same cells to mark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from units.sheets.package import BROKEN, Unreadable, check_package

RETURN = "_x000D_"  # of line ends that were pasted from Windows programs
ESCAPED = re.compile(f"_x005F_(?=x[0-9A-Fa-f]{{4}}_)|{RETURN}")  # openpyxl leaves these as they are
DIGITS = 15  # what a figure in Excel can hold


@dataclass(frozen=True)
class Spot:
    """One cell: where it stands, what it says as text, and why that cannot be read."""

    sheet: str
    row: int
    column: int
    text: str = ""
    problem: str = ""

    @property
    def letter(self) -> str:
        return str(get_column_letter(self.column))


@dataclass(frozen=True)
class Book:
    """`values` has what formulas gave, `cells` the formulas themselves."""

    content: bytes
    values: Workbook
    cells: Workbook

    @property
    def sheets(self) -> list[str]:
        """Names of the sheets that have cells."""
        return [each.title for each in self.cells.worksheets]

    def rows(self, sheet: str) -> list[list[Spot]]:
        """Every row of a sheet up to its last value, as text."""
        values, cells = self.values[sheet], self.cells[sheet]
        filled = [place for place, cell in cells._cells.items() if cell.value is not None]
        last_row = max((row for row, _ in filled), default=0)
        last_column = max((column for _, column in filled), default=0)
        return [
            [
                _spot(sheet, row, column, values._cells, cells._cells)
                for column in range(1, last_column + 1)
            ]
            for row in range(1, last_row + 1)
        ]


def open_book(content: bytes) -> Book:
    """Open what was uploaded. Raises `Unreadable` with a sentence that says what to do."""
    check_package(content)
    try:
        values, cells = (
            load_workbook(BytesIO(content), data_only=is_read, keep_links=False)
            for is_read in (True, False)
        )
        sheets = [each.title for each in cells.worksheets]
    except Exception:  # openpyxl fails in its own ways on what Excel would not open either
        raise Unreadable(BROKEN) from None
    if not sheets:
        raise Unreadable(BROKEN)
    return Book(content, values, cells)


def _spot(sheet: str, row: int, column: int, values: Any, cells: Any) -> Spot:
    written, shown = cells.get((row, column)), values.get((row, column))
    if written is None or written.value is None:
        return Spot(sheet, row, column)
    if written.data_type == "f" and (shown is None or shown.value is None):
        return Spot(sheet, row, column, "", "单元格是没有结果的公式，请改填数值。")
    value = shown.value if shown is not None else None
    if shown is not None and shown.data_type == "e":
        return Spot(sheet, row, column, str(value), "单元格是公式错误，请改填数值。")
    return Spot(sheet, row, column, text_of(value))


def text_of(value: object) -> str:
    """What a cell says, spelled as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return _figure(value)
    return ESCAPED.sub(lambda found: "" if found[0] == RETURN else "_", str(value)).strip()


def _figure(value: float | Decimal) -> str:
    """0.30000000000000004 is 0.3 to everybody but the processor."""
    if isinstance(value, int) and abs(value) < 10**DIGITS:
        return str(value)
    try:
        return format(Decimal(format(value, f".{DIGITS}g")).normalize(), "f")
    except ArithmeticError:  # inf and nan
        return str(value)
