"""An uploaded workbook, read: the cells as people see them. Touches no database."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from openpyxl.utils import get_column_letter

from units.sheets.cells import (
    Area,
    SheetReader,
    StringsReader,
    StylesReader,
    WorkbookReader,
    text_seen,
)
from units.sheets.formats import Formats, Seen, day_text, figure
from units.sheets.package import (
    BROKEN,
    NO_SHEET,
    PART_BROKEN,
    UNSAFE,
    Unreadable,
    opened,
    part_of,
)
from units.sheets.parts import (
    Budget,
    LinkReader,
    Malformed,
    PartReader,
    TooMuch,
    Unsafe,
    links_beside,
    stream,
)

WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True)
class Spot:
    """One cell: where it stands, what it says as text, and why that cannot be read.

    `is_merged`: it lies in merged cells that hide what belongs to it.
    """

    sheet: str
    row: int
    column: int
    text: str = ""
    problem: str = ""
    is_merged: bool = False

    @property
    def letter(self) -> str:
        return str(get_column_letter(self.column))


@dataclass(frozen=True)
class Page:
    """One sheet: its filled cells by row and column, and what is merged."""

    name: str
    cells: dict[int, dict[int, Seen]] = field(default_factory=dict)
    merges: tuple[Area, ...] = ()

    def spot(self, row: int, column: int) -> Spot:
        """A cell, blank where nothing stands."""
        seen = self.cells.get(row, {}).get(column, Seen())
        return Spot(self.name, row, column, seen.text, seen.problem)

    def rows(self) -> Iterator[int]:
        """Numbers of the rows that have something in them, in order."""
        return iter(sorted(self.cells))

    def row(self, number: int) -> list[Spot]:
        """What stands in a row, from left to right."""
        return [self.spot(number, column) for column in sorted(self.cells.get(number, {}))]


@dataclass(frozen=True)
class Book:
    """`weight`: how many cells there are, those without value too."""

    content: bytes
    pages: dict[str, Page]
    weight: int = 0

    @property
    def sheets(self) -> list[str]:
        """Names of the sheets that have cells."""
        return list(self.pages)

    def page(self, sheet: str) -> Page:
        return self.pages[sheet]


def open_book(content: bytes) -> Book:
    """Read what was uploaded. Raises `Unreadable` with a sentence that says what to do."""
    with opened(content) as package:
        try:
            book = _Reading(package).book()
        except TooMuch as problem:
            raise Unreadable(str(problem)) from None
        except Unsafe:
            raise Unreadable(UNSAFE) from None
        except Malformed:
            raise Unreadable(BROKEN) from None
    return replace(book, content=content)


class _Reading:
    """One package being read: first what cells lean on, then the sheets, then all the rest."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package, self.done, self.budget = package, set[str](), Budget()

    def book(self) -> Book:
        workbook = WorkbookReader()
        self._read(WORKBOOK, workbook, "目录")
        pointing = LinkReader(WORKBOOK)
        self._read(links_beside(WORKBOOK), pointing, "目录")
        links = pointing.links
        parts = {link.kind: link.target for link in links.values()}
        strings, formats = self._strings(parts.get("sharedStrings")), self._formats(parts, workbook)
        pages, weight = {}, 0
        for name, link_id in workbook.sheets:
            link = links.get(link_id)
            if link is None or link.kind != "worksheet" or link.target in self.done:
                continue
            sheet = SheetReader(name, strings, formats)
            self._read(link.target, sheet, f"工作表“{name}”")
            pages[name] = Page(name, sheet.rows, tuple(sheet.merges))
            weight += sheet.weight
        if not pages:
            raise Unreadable(NO_SHEET)
        self._refuse_unsafe_rest()
        return Book(b"", pages, weight)

    def _read(self, part: str, reader: PartReader, called: str) -> None:
        self.done.add(part)
        try:
            stream(part_of(self.package, part, called), reader, self.budget)
        except Malformed:
            raise Unreadable(PART_BROKEN.format(called)) from None

    def _strings(self, part: str | None) -> list[Seen]:
        reader = StringsReader()
        if part is not None:
            self._read(part, reader, "文字表")
        return reader.texts

    def _formats(self, parts: dict[str, str], workbook: WorkbookReader) -> Formats:
        """Where the part is damaged, cells with a format of their own say so."""
        part, reader = parts.get("styles"), StylesReader()
        if part is None:
            return Formats((), workbook.epoch)
        try:
            self._read(part, reader, "格式表")
        except Unreadable:
            if not reader.is_whole:
                return Formats(None, workbook.epoch)
        return Formats(reader.codes, workbook.epoch)

    def _refuse_unsafe_rest(self) -> None:
        """Nothing is read of the other parts, but whoever opens the file again is to be safe."""
        for name in self.package.namelist():
            if name.endswith((".xml", ".rels", ".vml")) and name not in self.done:
                try:
                    stream(part_of(self.package, name, name), PartReader(), self.budget)
                except (Malformed, Unreadable):
                    continue


def text_of(value: object) -> str:
    """What a value says in a cell, spelled as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date | datetime):
        return day_text(value)
    if isinstance(value, int | float | Decimal):
        return figure(value)
    return text_seen(str(value)).text
