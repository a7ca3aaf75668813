"""A workbook from its description to bytes."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from reports.excel.book import Sheet, sheet_names
from reports.excel.cells import cell_value, safe_text
from reports.excel.page import write_page


def write(*sheets: Sheet, author: str, now: datetime, mark: str = "") -> bytes:
    """The workbook of the sheets in their order. `now` is stamped into its properties; `mark`
    stands at the foot of every page.
    """
    book = Workbook(write_only=True)
    for sheet, name in zip(sheets, sheet_names([each.name for each in sheets]), strict=True):
        page = book.create_sheet(name)
        if mark:
            page.oddFooter.left.text = safe_text(mark).replace("&", "&&")
        write_page(page, sheet)
    properties: Any = book.properties
    properties.creator = safe_text(author)
    properties.created = properties.modified = cell_value(now)
    book.calculation.fullCalcOnLoad = True  # the checks stand as formulas, without results
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
