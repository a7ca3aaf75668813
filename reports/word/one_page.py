"""How much of a table still fits on a dense page of one sheet: estimates in points, on the safe
side; what the estimates leave over was measured in the PDF of the sample.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.word.blocks import Block, Column, Heading, Line, Paragraph, Title
from reports.word.geometry import DENSE, SMALL_TITLE_SIZE, Look
from reports.word.measure import lines_in

POINTS_PER_MM = 72 / 25.4
RESERVE = 30.0  # other programs set rows a little taller
TABLE_SIZE, TABLE_LEADING, RULE = 9.0, 1.35, 1.2
CELL_PADDING = 8.0
HEADING = DENSE.line


def page_room(look: Look = DENSE) -> float:
    """The height of the text on the page."""
    return look.height * POINTS_PER_MM - RESERVE


def height_of_text(block: Block, look: Look = DENSE) -> float:
    width = look.width * POINTS_PER_MM
    if isinstance(block, Title):
        size = SMALL_TITLE_SIZE
        return 8 + lines_in(block.text, width / size) * size * 1.4
    if isinstance(block, Paragraph | Heading):
        return lines_in(f"　　{block.text}", width / DENSE.body) * DENSE.line
    return 20.0 if isinstance(block, Line) else 0.0


def row_height(
    row: Sequence[str],
    columns: Sequence[Column],
    size: float = TABLE_SIZE,
    look: Look = DENSE,
) -> float:
    """Of the tallest cell."""
    whole = sum(column.width for column in columns)
    lines = 1
    for text, column in zip(row, columns, strict=True):
        room = look.width * POINTS_PER_MM * column.width / whole - CELL_PADDING
        lines = max(lines, lines_in(text, room / size))
    return lines * size * TABLE_LEADING + RULE


def table_height(
    rows: Sequence[Sequence[str]],
    columns: Sequence[Column],
    size: float = TABLE_SIZE,
    look: Look = DENSE,
) -> float:
    """With its head."""
    head = row_height([str(column.title) for column in columns], columns, size, look)
    return head + sum(row_height(row, columns, size, look) for row in rows)


def rows_in(
    rows: Sequence[Sequence[str]],
    columns: Sequence[Column],
    room: float,
    size: float = TABLE_SIZE,
    look: Look = DENSE,
) -> list[Sequence[str]]:
    """The first rows, as many as stand in `room` points with their head."""
    room -= table_height([], columns, size, look)
    found: list[Sequence[str]] = []
    for row in rows:
        room -= row_height(row, columns, size, look)
        if room < 0:
            break
        found.append(row)
    return found
