"""The error workbook: what was uploaded, with every bad cell marked and commented, and a list."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO
from itertools import islice
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from huangshi_tasks.lib.cell_text import lines_of_text, safe_text
from units.sheets import looks
from units.sheets.book import Book
from units.sheets.results import Mistake

LIST_NAME = "错误清单"
HEADS = ("工作表", "行", "列", "栏目", "填写内容", "问题和填写要求")
WIDTHS = (18, 10, 8, 20, 36, 60)
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"
HEAVIEST = 60_000  # cells; more takes openpyxl seconds and hundreds of megabytes
MOST_MARKED, MOST_LISTED = 2_000, 5_000
QUOTED = 120  # characters of what was filled in; the whole stands in its cell


def marked(book: Book, mistakes: Sequence[Mistake]) -> bytes:
    """`book` again. Uploaded once more it is read as it was: the list is no table of anything.

    Where the workbook is very large, or has parts that openpyxl cannot read or write, the list
    comes alone.
    """
    if book.weight > HEAVIEST:
        return _list_alone(mistakes)
    try:
        return _marked(book, mistakes)
    except Exception:  # pictures, pivots, odd colours and the like fail in their own ways
        return _list_alone(mistakes)


def _list_alone(mistakes: Sequence[Mistake]) -> bytes:
    alone = Workbook()
    alone.remove(alone.worksheets[0])
    _write_list(alone, mistakes)
    return _saved(alone)


def _marked(book: Book, mistakes: Sequence[Mistake]) -> bytes:
    cells = load_workbook(_plain(book.content), keep_links=False)
    by_cell: dict[tuple[str, str], list[Mistake]] = defaultdict(list)
    for mistake in mistakes:
        if mistake.row and mistake.sheet in cells.sheetnames:
            by_cell[mistake.sheet, f"{mistake.letter}{mistake.row}"].append(mistake)
    for (sheet, place), found in islice(by_cell.items(), MOST_MARKED):
        _mark(cells[sheet][place], [mistake.sentence for mistake in found])
    _write_list(cells, mistakes)
    return _saved(cells)


def _plain(content: bytes) -> BytesIO:
    """The workbook as openpyxl reads it: strict names as transitional ones, without properties,
    which are odd as often as not.
    """
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            if not name.startswith("docProps/"):
                target.writestr(name, STRICT.sub(TRANSITIONAL, source.read(name)))
    return stream


def _saved(cells: Workbook) -> bytes:
    stream = BytesIO()
    cells.save(stream)
    return stream.getvalue()


def _mark(cell: Any, sentences: Sequence[str]) -> None:
    cell.fill = looks.BAD_FILL
    if hasattr(cell, "comment"):  # a cell inside a merged range takes none
        comment = Comment(safe_text("\n".join(sentences)), "督查系统")
        comment.width, comment.height = 320, 90
        cell.comment = comment


def _write_list(cells: Workbook, mistakes: Sequence[Mistake]) -> None:
    if LIST_NAME in cells.sheetnames:  # of an earlier round
        cells.remove(cells[LIST_NAME])
    page = cells.create_sheet(LIST_NAME)
    for place, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True), start=1):
        cell = page.cell(1, place, head)
        cell.font, cell.fill, cell.border = looks.HEAD, looks.HEAD_FILL, looks.GRID
        page.column_dimensions[cell.column_letter].width = width
    if more := len(mistakes) - MOST_LISTED:
        rest = Mistake("", 0, "", "", "", f"另有{more}处没有列出，请先改正以上各处。")
        mistakes = [*mistakes[:MOST_LISTED], rest] if more > 0 else mistakes
    for row, each in enumerate(mistakes, start=2):
        place_of = each.row or "整个文件"
        quoted = each.value if len(each.value) <= QUOTED else f"{each.value[:QUOTED]}…"
        values = (each.sheet, place_of, each.letter, each.head, quoted, each.sentence)
        for place, value in enumerate(values, start=1):
            cell = page.cell(row, place)
            cell.value = safe_text(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
            cell.font, cell.border, cell.alignment = looks.BODY, looks.GRID, looks.WRAPPED
        lines = max(lines_of_text(quoted, 36), lines_of_text(each.sentence, 60))
        page.row_dimensions[row].height = min(lines * 15 + 5, 300)
    page.freeze_panes = "A2"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
