"""Workbooks as they are described: sheets of columns and rows. Pure, nothing of the database.

`reports.excel.writing` writes them; what one cell can hold is in `cells`, how it looks in `looks`.
Every ledger is one description (`reports.workbooks.books`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from reports.excel.cells import Cell, Value, safe_text, utf16_length

FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffd]")
HEAD_ROW = 3  # below the title and the note
LAST_ROW = 1_048_576  # of a sheet in Excel
LONGEST_NAME = 31  # of a sheet, in UTF-16 units
NAMELESS = "表"


@dataclass(frozen=True)
class Paper:
    """`size` is Excel's number of the paper."""

    size: int
    orientation: str


A3_ACROSS, A3_UPRIGHT = Paper(8, "landscape"), Paper(8, "portrait")
A4_ACROSS, A4_UPRIGHT = Paper(9, "landscape"), Paper(9, "portrait")


@dataclass(frozen=True)
class Column:
    """`width` in characters, `align` left, center or right.

    `stays`: cannot be left out, for the check on the cover counts it. `is_upright`: the head is
    written from top to bottom.
    """

    title: str
    width: float
    align: str = "left"
    stays: bool = False
    is_upright: bool = False

    @property
    def word(self) -> str:
        """The title on one line."""
        return self.title.replace("\n", "")


@dataclass(frozen=True)
class Group:
    """A heading across the whole width."""

    text: str


Cells = Sequence[Value | Cell]


@dataclass(frozen=True)
class Block:
    """Rows that belong together. The columns at the places `merged` say once, in the first row and
    down to the last, what holds for all of them.
    """

    rows: Sequence[Cells]
    merged: Collection[int]


Row = Group | Block | Cells


@dataclass(frozen=True)
class Sheet:
    """`facts` stand under the title, spread over the width; `fixed` columns stay when scrolled.

    `empty` is what the page says when there are no rows. `head_height` in points.
    """

    name: str
    title: str
    facts: Sequence[str]
    columns: Sequence[Column]
    rows: Iterable[Row]
    fixed: int = 0
    paper: Paper = A3_ACROSS
    empty: str = "没有符合条件的内容。"
    head_height: float = 32
    notes: Sequence[str] = ()

    def column_range(self, word: str) -> str:
        """The column below the head `word`, as a formula on another sheet names it."""
        words = [column.word for column in self.columns]
        letter = get_column_letter(words.index(word) + 1)
        name = sheet_name(self.name).replace("'", "''")
        return f"'{name}'!${letter}${HEAD_ROW + 1}:${letter}${LAST_ROW}"


def keep(sheet: Sheet, chosen: Collection[int]) -> Sheet:
    """The sheet with the columns at the `chosen` places, and those that always stay."""
    places = [
        place for place, column in enumerate(sheet.columns) if column.stays or place in chosen
    ]
    return replace(
        sheet,
        columns=[sheet.columns[place] for place in places],
        rows=(_kept(row, places) for row in sheet.rows),
        fixed=sum(place < sheet.fixed for place in places),
    )


def _kept(row: Row, places: Sequence[int]) -> Row:
    if isinstance(row, Group):
        return row
    if isinstance(row, Block):
        merged = {new for new, place in enumerate(places) if place in row.merged}
        return Block([[each[place] for place in places] for each in row.rows], merged)
    return [row[place] for place in places]


def sheet_name(name: str) -> str:
    """`name` as Excel allows it: 31 UTF-16 units, without [ ] : * ? / \\ and quotes at its ends."""
    clean = FORBIDDEN_IN_NAMES.sub("", safe_text(name)).strip("' ")
    return _cut(clean, LONGEST_NAME).strip("' ") or NAMELESS


def sheet_names(names: Iterable[str]) -> list[str]:
    """Names that differ, as Excel compares them (without regard to case): the second of a name
    becomes ``…（2）``.
    """
    found: list[str] = []
    taken: set[str] = set()
    for name in map(sheet_name, names):
        free, count = name, 1
        while free.casefold() in taken:
            count += 1
            mark = f"（{count}）"
            free = _cut(name, LONGEST_NAME - len(mark)) + mark
        taken.add(free.casefold())
        found.append(free)
    return found


def _cut(text: str, room: int) -> str:
    if utf16_length(text) <= room:
        return text
    return text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
