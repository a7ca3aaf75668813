"""Filling a workbook in a test: cells by row and head, and what comes back."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from units.sheets.book import Book, open_book
from units.sheets.columns import plain


def changed_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part changed, or added."""
    stream, source = BytesIO(), zipfile.ZipFile(BytesIO(content))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            target.writestr(part, change(source.read(part)) if part == name else source.read(part))
        if name not in source.namelist():
            target.writestr(name, change(b""))
    return stream.getvalue()


def made_strict(content: bytes) -> bytes:
    """The same workbook with the namespaces of ISO 29500 strict, as Excel saves on demand."""
    stream, source = BytesIO(), zipfile.ZipFile(BytesIO(content))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            transitional = rb"http://schemas.openxmlformats.org/(\w+)/2006/(main|relationships)"
            strict = rb"http://purl.oclc.org/ooxml/\1/\2"
            text = source.read(part)
            is_package = part.endswith(".rels") or part.startswith("[")
            if is_package:  # the package itself stays as it is, its links are renamed
                transitional = (
                    rb"http://schemas.openxmlformats.org/(officeDocument)/2006/(relationships)"
                )
            target.writestr(part, re.sub(transitional, strict, text))
    return stream.getvalue()


class Filler:
    """A downloaded workbook in the hands of somebody."""

    def __init__(self, content: bytes) -> None:
        self.book: Workbook = load_workbook(BytesIO(content))

    def places(self, sheet: str) -> tuple[int, dict[str, int]]:
        """The head row of a sheet, and head → column."""
        page = self.book[sheet]
        for number, row in enumerate(page.iter_rows(), start=1):
            filled = [(place, cell.value) for place, cell in enumerate(row, start=1)]
            heads = {plain(str(value)): place for place, value in filled if value is not None}
            if "编号" in heads or len(heads) > 4:
                return number, heads
        raise AssertionError(f"no head in {sheet}")

    def cell(self, sheet: str, row: int, head: str) -> Any:
        """The cell of a row, counted from 1 under the head."""
        top, heads = self.places(sheet)
        return self.book[sheet].cell(top + row, heads[plain(head)])

    def put(self, sheet: str, row: int, head: str, value: object) -> str:
        """Type a value; returns the cell's address."""
        cell = self.cell(sheet, row, head)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        return str(cell.coordinate)

    @property
    def read(self) -> Book:
        """As the product reads it."""
        return open_book(self.content)

    @property
    def content(self) -> bytes:
        stream = BytesIO()
        self.book.save(stream)
        return stream.getvalue()
