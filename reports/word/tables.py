"""Tables and forms: fixed widths, thin lines, a head that repeats on every page."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from reports.word import blocks
from reports.word.fonts import FANGSONG, HEITI
from reports.word.runs import add_run, element, off_grid

PADDING = 60  # twentieths of a point, left and right of a cell
ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def add_table(document: Document, block: blocks.Table, width: float) -> WordTable:
    """`width` of the text in mm; the columns share it."""
    table = _new(document, len(block.columns), [c.width for c in block.columns], width)
    head = _add_row(table)
    _repeat(head)
    for cell, column in zip(_cells(head), block.columns, strict=True):
        _fill(cell, str(column.title), HEITI, block.size, "center")
    for values in block.rows:
        row = _add_row(table)
        _keep_whole(row)
        for cell, column, value in zip(_cells(row), block.columns, values, strict=True):
            _fill(cell, value, FANGSONG, block.size, column.align)
    return table


def add_form(document: Document, block: blocks.Form, width: float) -> WordTable:
    """Labels and values in turn; the last value of a short row takes the rest of the width."""
    count = len(block.widths)
    table = _new(document, count, block.widths, width)
    for place, values in enumerate(block.rows):
        row = _add_row(table)
        _keep_whole(row)
        height = block.heights[place] if place < len(block.heights) else 0
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(height or 9)
        cells = _cells(row)
        if len(values) < count:
            cells[len(values) - 1].merge(cells[count - 1])
        for at, value in enumerate(values):
            is_label = at % 2 == 0 and len(values) > 1
            align = "center" if is_label or (len(value) < 30 and len(values) > 2) else "left"
            _fill(cells[at], value, HEITI if is_label else FANGSONG, block.size, align)
    return table


def _new(document: Document, count: int, shares: Any, width: float) -> WordTable:
    table: WordTable = document.add_table(rows=0, cols=count, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    whole = sum(shares)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(width * share / whole)
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=PADDING, type="dxa"))
    table._tbl.tblPr.append(margins)
    return table


def _add_row(table: WordTable) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def _cells(row: _Row) -> list[_Cell]:
    """The cells of a new row, as wide as their columns."""
    cells = list(row.cells)
    for cell, column in zip(cells, row.table.columns, strict=True):
        cell.width = column.width
    return cells


def _repeat(row: _Row) -> None:
    _keep_whole(row)
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def _keep_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def _fill(cell: _Cell, text: str, font: str, size: float, align: str) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for place, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.alignment = ALIGNMENTS[align]
        shape = paragraph.paragraph_format
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(size * 1.35)
        off_grid(paragraph)
        add_run(paragraph, line, font, size)
