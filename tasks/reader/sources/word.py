"""A .docx: paragraphs with the numbers that Word gives them, tables as cells, text boxes.

Its parts are read directly: a library would show no automatic numbers, and python-docx walks a
merged table in square time.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from tasks.reader.sources.lines import Cell, Line, Source, Unreadable, bounded
from tasks.reader.sources.word_numbers import Numbers

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({f"{W}del", f"{W}moveFrom", _FALLBACK, f"{W}pPr", f"{W}rPr"})
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
MOST_UNPACKED = 20 * 1024 * 1024  # of the parts that are read
MOST_PARTS = 5_000
_MOST_DEEP = 40

BROKEN = "文件不完整或已损坏，请用Word或WPS打开并重新保存后再导入。"
TOO_MUCH = "文件内容过大，请只保留通知正文和分解表后再导入。"
ENCRYPTED = "文件有密码，打不开，请取消密码后再导入。"


def from_word(content: bytes) -> Source:
    """Raises `Unreadable`."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS:
                raise Unreadable(TOO_MUCH)
            if any(part.flag_bits & 1 for part in parts):
                raise Unreadable(ENCRYPTED)
            document = _part(package, "word/document.xml")
            numbers = Numbers(
                _part(package, "word/numbering.xml"), _part(package, "word/styles.xml")
            )
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError):
        raise Unreadable(BROKEN) from None
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        raise Unreadable(BROKEN) from None
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise Unreadable(BROKEN)
    writer = _Writer(numbers)
    writer.blocks(body, 0)
    return bounded(Source("docx", tuple(writer.lines)))


def _part(package: zipfile.ZipFile, name: str) -> Element | None:
    try:
        info = package.getinfo(name)
    except KeyError:
        return None
    if info.file_size > MOST_UNPACKED:
        raise Unreadable(TOO_MUCH)
    with package.open(info) as part:
        content = part.read(MOST_UNPACKED + 1)  # what the list of contents says may be a lie
    if len(content) > MOST_UNPACKED:
        raise Unreadable(TOO_MUCH)
    root: Element = fromstring(content, forbid_dtd=True)
    return root


class _Writer:
    """Walks the document once and writes its lines."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.lines: list[Line] = []
        self.tables = 0

    def blocks(self, parent: Element, depth: int) -> None:
        if depth > _MOST_DEEP:
            return
        for each in parent:
            if each.tag == f"{W}p":
                self._paragraph(each, depth)
            elif each.tag == f"{W}tbl":
                self._table(each)
            elif each.tag not in _LEFT_OUT and each.tag != f"{W}sectPr":
                self.blocks(each, depth + 1)

    def _paragraph(self, paragraph: Element, depth: int) -> None:
        for text in self._texts(paragraph).split("\n"):
            self._write(text)
        for box in _boxes(paragraph):
            self.blocks(box, depth + 1)

    def _texts(self, paragraph: Element) -> str:
        text = "".join(_runs(paragraph, 0))
        return (self.numbers.of(paragraph) + text) if text.strip() else text

    def _table(self, table: Element) -> None:
        number, self.tables = self.tables, self.tables + 1
        rows = [list(_children(row, f"{W}tc")) for row in _children(table, f"{W}tr")]
        placed = _placed(rows)
        for row, column, height, width, cell in placed:
            paragraphs = [self._texts(each) for each in cell.iter(f"{W}p")]
            text = "\n".join(each for each in paragraphs if each.strip())
            self._write(text, Cell(number, row, column, height, width))

    def _write(self, text: str, cell: Cell | None = None) -> None:
        self.lines.append(Line(len(self.lines) + 1, text, cell))


def _placed(rows: list[list[Element]]) -> list[tuple[int, int, int, int, Element]]:
    """(row, column, height, width, cell); what is merged from above lengthens the cell there."""
    found: list[tuple[int, int, int, int, Element]] = []
    above: dict[int, int] = {}  # column → place in `found` of the cell that may go on
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            width = _span(cell)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(f"{W}val") != "restart" and column in above:
                at = above[column]
                top, left, _, wide, first = found[at]
                found[at] = (top, left, row - top + 1, wide, first)
            else:
                above.pop(column, None)
                if merge is not None:
                    above[column] = len(found)
                found.append((row, column, 1, width, cell))
            column += width
    return found


def _span(cell: Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = span.get(f"{W}val", "1") if span is not None else "1"
    return min(int(value), 200) if value.isdigit() and value != "0" else 1


def _children(parent: Element, tag: str, depth: int = 0) -> Iterator[Element]:
    """Rows of a table, cells of a row, also those wrapped in content controls."""
    for each in parent:
        if each.tag == tag:
            yield each
        elif each.tag not in _LEFT_OUT and each.tag != f"{W}tc" and depth < 6:
            yield from _children(each, tag, depth + 1)


def _runs(parent: Element, depth: int) -> Iterator[str]:
    if depth > _MOST_DEEP:
        return
    for each in parent:
        if each.tag == f"{W}t":
            yield each.text or ""
        elif each.tag in _SIGNS:
            yield _SIGNS[each.tag]
        elif each.tag not in _LEFT_OUT and each.tag != f"{W}txbxContent":
            yield from _runs(each, depth + 1)


def _boxes(paragraph: Element, depth: int = 0) -> Iterator[Element]:
    """Text boxes that hang on a paragraph; the copy for old programs is left out."""
    if depth > _MOST_DEEP:
        return
    for each in paragraph:
        if each.tag == f"{W}txbxContent":
            yield each
        elif each.tag != _FALLBACK:
            yield from _boxes(each, depth + 1)
