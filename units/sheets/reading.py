"""From a sheet to typed rows: heads are found wherever they stand in the first rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from huangshi_tasks.lib import cell_text
from units.sheets.book import Book, Spot
from units.sheets.columns import Column, Table, plain
from units.sheets.results import Mistake, mistake_at

HEAD_WITHIN = 12  # rows


@dataclass
class Line:
    """One row: its cells by key of the column, what they mean, and what could not be read."""

    table: Table
    row: int
    spots: dict[str, Spot]
    values: dict[str, Any] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def text(self, key: str) -> str:
        return self.spots[key].text

    def blame(self, key: str, sentence: str) -> None:
        """Note what is wrong with one cell."""
        self.mistakes.append(mistake_at(self.spots[key], self.table.column(key).title, sentence))


@dataclass
class Sheetful:
    """All rows of a table, or why it was not found."""

    lines: list[Line] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


def read_table(book: Book, table: Table) -> Sheetful:
    """The rows of `table`, blank ones left out; each cell cleaned by its column."""
    rows, mistakes = read_cells(book, table)
    return Sheetful([_line(table, spots) for spots in rows], mistakes)


def read_cells(book: Book, table: Table) -> tuple[list[dict[str, Spot]], list[Mistake]]:
    """The rows of `table` as key of the column → cell; or why the table was not found."""
    rows = _rows_of(book, table)
    found = _find_head(rows, table.columns)
    if found is None:
        return [], [_not_found(table, rows)]
    at, places = found
    doubled = _doubled(rows[at], table)
    if doubled:
        return [], [doubled]
    return [
        {key: cells[place] for key, place in places.items()}
        for cells in rows[at + 1 :]
        if any(cells[place].text or cells[place].problem for place in places.values())
    ], []


def _rows_of(book: Book, table: Table) -> list[list[Spot]]:
    """The sheet of that name, else the only one, else nothing."""
    names = book.sheets
    if table.name in names:
        return book.rows(table.name)
    return book.rows(names[0]) if len(names) == 1 else []


def _find_head(
    rows: Sequence[Sequence[Spot]], columns: Sequence[Column]
) -> tuple[int, dict[str, int]] | None:
    """Index of the head row, and key → index of its column there."""
    for at, cells in enumerate(rows[:HEAD_WITHIN]):
        heads = {plain(spot.text): place for place, spot in enumerate(cells) if spot.text}
        if all(plain(column.title) in heads for column in columns):
            return at, {column.key: heads[plain(column.title)] for column in columns}
    return None


def _not_found(table: Table, rows: Sequence[Sequence[Spot]]) -> Mistake:
    """Names the heads that are missing from the row that has most of them."""
    best: set[str] = set()
    wanted = {plain(column.title) for column in table.columns}
    for cells in rows[:HEAD_WITHIN]:
        best = max(best, wanted & {plain(spot.text) for spot in cells}, key=len)
    missing = [c.title for c in table.columns if plain(c.title) not in best]
    listed = "、".join(f"“{title}”" for title in missing)
    sentence = f"没有找到表头{listed}，请下载表格，在其中填写，不要改动表头。"
    return Mistake(table.name, 0, "", "", "", sentence)


def _doubled(head: Sequence[Spot], table: Table) -> Mistake | None:
    titles = {plain(column.title) for column in table.columns}
    seen = [plain(spot.text) for spot in head if plain(spot.text) in titles]
    twice = next((title for title in seen if seen.count(title) > 1), None)
    if twice is None:
        return None
    return Mistake(table.name, 0, "", "", twice, f"表头“{twice}”出现两次，请只保留一列。")


def _line(table: Table, spots: dict[str, Spot]) -> Line:
    line = Line(table, next(iter(spots.values())).row, spots)
    for column in table.columns:
        spot = line.spots[column.key]
        try:
            if spot.problem and column.is_input:
                raise ValidationError(spot.problem)
            refuse_unprintable(spot.text)
            line.values[column.key] = column.typed(spot.text)
        except ValidationError as error:
            line.blame(column.key, error.messages[0])
    return line


def refuse_unprintable(text: str) -> None:
    """Raises ValidationError for signs that no workbook and no database can hold."""
    if cell_text.UNWRITABLE.search(text):
        raise ValidationError("含有无法识别的字符，请重新输入。")
