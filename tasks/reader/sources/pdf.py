"""A PDF with text: lines as they are set, tables with rules as cells; running heads marked."""

from __future__ import annotations

import logging
import re
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from time import monotonic
from typing import Any

import pdfplumber

from tasks.reader.sources.lines import Cell, Line, Source, Unreadable, bounded

MOST_PAGES = 150
MOST_SECONDS = 60.0
_MOST_SIGNS = 20_000  # on one page
_PAGE_NUMBER = re.compile(r"[-—–－\s第]*\d{1,4}[-—–－\s页]*(?:共\s*\d+\s*页)?")
_BLANK_AT_FIGURE = re.compile(
    r"(?<=[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]) (?=\d)|(?<=\d) (?=[\u4e00-\u9fff])"
)
_EDGE = 0.12  # of the height of a page: where heads and feet stand

SCAN = (
    "这是扫描件，页面只有图片，没有可以读的文字，请导入Word文档，或用文字识别软件转换后粘贴文字。"
)
ENCRYPTED = "PDF有密码或不允许读取，打不开，请取消密码后再导入。"
BROKEN = "PDF已损坏，无法读取，请重新导出，或改为导入Word文档。"
TOO_LONG = f"PDF超过{MOST_PAGES}页，请只导出通知正文和分解表所在的页后再导入。"
TOO_SLOW = "PDF过于复杂，无法读取，请导入Word文档，或粘贴文字。"


@dataclass
class _Row:
    """One line of a page, or one cell of a table on it."""

    text: str
    top: float
    left: float
    right: float
    page: int
    is_edge: bool
    cell: Cell | None = None
    goes_on: bool | None = None


@dataclass
class _Book:
    rows: list[_Row] = field(default_factory=list)
    tables: int = 0
    width: int = -1  # columns of the table at the foot of the page before
    next_row: int = 0


def from_pdf(content: bytes) -> Source:
    """Raises `Unreadable`."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    book = _Book()
    ends_at = monotonic() + MOST_SECONDS
    try:
        with pdfplumber.open(BytesIO(content)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise Unreadable(TOO_LONG)
            for number, page in enumerate(pdf.pages):
                if monotonic() > ends_at or len(page.chars) > _MOST_SIGNS:
                    raise Unreadable(TOO_SLOW)
                _read_page(page, number, book)
                page.close()
    except Unreadable:
        raise
    except Exception as problem:  # the library raises whatever a broken file provokes
        raise Unreadable(ENCRYPTED if _is_locked(problem) else BROKEN) from None
    if not any(row.text.strip() for row in book.rows):
        raise Unreadable(SCAN)
    dropped = _furniture(book.rows)
    _join(book.rows, dropped)
    lines = tuple(
        Line(number, row.text, row.cell, row.goes_on)
        for number, row in enumerate(book.rows, start=1)
    )
    return bounded(Source("pdf", lines, dropped))


def _is_locked(problem: BaseException) -> bool:
    words = f"{type(problem).__name__} {problem!r} {problem.__cause__!r} {problem.__context__!r}"
    return "Password" in words or "Encrypt" in words or "Extraction" in words


def _read_page(page: Any, number: int, book: _Book) -> None:
    tables = [each for each in page.find_tables() if len(each.rows) > 1 or book.width > 0]
    tables = [each for each in tables if max(len(row.cells) for row in each.rows) > 1]
    rest = page
    for table in tables:
        x0, top, x1, bottom = table.bbox
        rest = rest.outside_bbox(_within(page, (x0, top, x1, bottom)), strict=False)
    found = [
        _Row(
            _spaced(each), each["top"], each["x0"], each["x1"], number,
            each["top"] < page.height * _EDGE or each["bottom"] > page.height * (1 - _EDGE),
        )
        for each in rest.extract_text_lines(return_chars=True)
    ]  # fmt: skip
    for table in tables:
        found.extend(_cells(table, number, book, found))
    found.sort(key=lambda row: row.top)
    book.rows.extend(found)


def _within(page: Any, box: tuple[float, float, float, float]) -> tuple[float, ...]:
    x0, top, x1, bottom = page.bbox
    return (max(box[0], x0), max(box[1], top), min(box[2], x1), min(box[3], bottom))


def _spaced(line: Any) -> str:
    """The text of a line, without the blanks that the library puts between 2024 and 年."""
    text = str(line["text"])
    return _BLANK_AT_FIGURE.sub("", text)


def _cells(table: Any, page: int, book: _Book, around: list[_Row]) -> list[_Row]:
    """A table goes on over the page when nothing but heads and feet stands between."""
    width = max(len(row.cells) for row in table.rows)
    top = table.bbox[1]
    is_first = not [row for row in around if row.top < top and not row.is_edge]
    if not (is_first and width == book.width and book.rows and book.rows[-1].page == page - 1):
        book.tables += 1
        book.next_row = 0
    book.width = width
    texts = table.extract()
    found = []
    for place, row in enumerate(table.rows):
        for column, box in enumerate(row.cells):
            if box is None:
                continue
            text = re.sub(r"(?<![。；;]) *\n *", "", texts[place][column] or "")
            wide = 1 + _empty_after(row.cells, column)
            tall = 1 + sum(
                1
                for below in table.rows[place + 1 :]
                if column < len(below.cells) and below.cells[column] is None
                and below.bbox[1] < box[3] - 1
            )  # fmt: skip
            cell = Cell(book.tables - 1, book.next_row + place, column, tall, wide)
            found.append(_Row(text, box[1] + column / 1000, box[0], box[2], page, False, cell))
    book.next_row += len(table.rows)
    return found


def _empty_after(cells: list[Any], column: int) -> int:
    count, right = 0, cells[column][2]
    for place in range(column + 1, len(cells)):
        if cells[place] is not None or right <= cells[column][0]:
            break
        count += 1
    return count


def _join(rows: list[_Row], dropped: frozenset[int]) -> None:
    """A line at the left margin under one that reaches the right is its rest; under one that ends
    early, or indented by two signs, it begins anew; else only the words can tell.
    """
    plain = [row for number, row in enumerate(rows, start=1) if number not in dropped]
    lines = [row for row in plain if row.cell is None]
    if not lines:
        return
    right = max(sorted(row.right for row in lines)[int(len(lines) * 0.8)], 1.0)
    sizes = sorted((row.right - row.left) / max(len(row.text), 1) for row in lines)
    size = max(sizes[len(sizes) // 2], 4.0)
    left = Counter(round(row.left) for row in lines if row.right > right - 3 * size)
    margin = min((each for each, count in left.items() if count > 1), default=0)
    above: _Row | None = None
    for row in plain:
        if row.cell is not None:
            above = None
            continue
        if above is not None:
            is_full, is_left = above.right > right - 1.6 * size, row.left < margin + 0.9 * size
            ends_early = above.right < right - 3 * size
            is_indented = margin + 1.6 * size < row.left < margin + 2.6 * size
            if is_full and is_left:
                row.goes_on = True
            elif ends_early or is_indented:
                row.goes_on = False
        above = row


def _furniture(rows: list[_Row]) -> frozenset[int]:
    """Numbers of the lines that are page numbers, or stand at the same edge of several pages."""
    seen: dict[str, set[int]] = {}
    for row in rows:
        if row.is_edge and row.cell is None:
            seen.setdefault(_plain(row.text), set()).add(row.page)
    return frozenset(
        number
        for number, row in enumerate(rows, start=1)
        if row.is_edge
        and row.cell is None
        and (_PAGE_NUMBER.fullmatch(row.text.strip()) or len(seen[_plain(row.text)]) > 1)
    )


def _plain(text: str) -> str:
    return re.sub(r"\s|\d", "", text)
