"""A workbook from its description to bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import tostring

from reports.excel.book import Sheet, sheet_names
from reports.excel.cells import cell_value, safe_text
from reports.excel.page import write_page

Parts = tuple[tuple[str, bytes], ...]  # the files that a workbook is a zip of, by name
FAST = 1  # of zlib: a fifth larger than usual, in a third of the time
AUTHORED = "docProps/core.xml"
FOOT = b"<oddFooter>&amp;C"  # as `page` sets up every sheet


def parts_of(*sheets: Sheet) -> Parts:
    """The workbook without author, moment and mark, for `sealed`: the same for whoever asks for the
    same. All of it in memory.
    """
    stream = BytesIO()
    with ZipFile(stream, "w") as plain:  # pressed once, when it is sealed
        ExcelWriter(_book(sheets), plain).save()
    with ZipFile(stream) as plain:
        return tuple((name, plain.read(name)) for name in plain.namelist() if name != AUTHORED)


def sealed(parts: Parts, *, author: str, now: datetime, mark: str = "") -> bytes:
    """As `write` makes it of the same sheets, in a moment."""
    foot = f"&L{safe_text(mark).replace('&', '&&')}" if mark else ""
    marked = FOOT.replace(b"&amp;C", f"{escape(foot)}&amp;C".encode("ascii", "xmlcharrefreplace"))
    properties = DocumentProperties(creator=safe_text(author))
    properties.created = properties.modified = cell_value(now)
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=FAST) as book:
        book.writestr(AUTHORED, tostring(properties.to_tree()))
        for name, content in parts:
            is_sheet = name.startswith("xl/worksheets/")
            book.writestr(name, content.replace(FOOT, marked, 1) if is_sheet else content)
    return stream.getvalue()


def write(*sheets: Sheet, author: str, now: datetime, mark: str = "") -> bytes:
    """The workbook of the sheets in their order. `now` is stamped into its properties; `mark`
    stands at the foot of every page.
    """
    book = _book(sheets, mark)
    properties: Any = book.properties
    properties.creator = safe_text(author)
    properties.created = properties.modified = cell_value(now)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _book(sheets: Sequence[Sheet], mark: str = "") -> Workbook:
    book = Workbook(write_only=True)
    for sheet, name in zip(sheets, sheet_names([each.name for each in sheets]), strict=True):
        page = book.create_sheet(name)
        if mark:
            page.oddFooter.left.text = safe_text(mark).replace("&", "&&")
        write_page(page, sheet)
    book.calculation.fullCalcOnLoad = True  # the checks stand as formulas, without results
    return book
