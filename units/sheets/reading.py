"""From a sheet to typed rows: heads are found wherever they stand in the first rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from openpyxl.utils import get_column_letter

from huangshi_tasks.lib import cell_text
from units.sheets.book import Book, Page, Spot
from units.sheets.cells import Area
from units.sheets.columns import Column, Table, plain
from units.sheets.results import Mistake, mistake_at

HEAD_WITHIN = 12  # rows
MERGED = "第{}行“{}”（{}）是合并单元格，看不出每行每栏的内容，请取消合并，逐格填写。"
TWO_UNDER_ONE = "本栏的表头合并了几列，本行在其中填了不止一格，请只留一格。"


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
        self.mistakes.append(
            mistake_at(self.spots[key], str(self.table.column(key).title), sentence)
        )


@dataclass
class Sheetful:
    """All rows of a table, or why it was not found."""

    lines: list[Line] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


def read_table(book: Book, table: Table, year: int | None = None) -> Sheetful:
    """The rows of `table`, blank ones left out; each cell cleaned by its column. `year` is that of
    days written without one.
    """
    rows, mistakes = read_cells(book, table)
    return Sheetful([_line(table, spots, year) for spots in rows], mistakes)


def read_cells(book: Book, table: Table) -> tuple[list[dict[str, Spot]], list[Mistake]]:
    """The rows of `table` as key of the column → cell; or why the table was not found."""
    page = _page_of(book, table)
    head = _find_head(page, table.columns)
    if head is None:
        return [], [_not_found(table, page)]
    doubled = _doubled(page.row(head.row), table)
    if doubled:
        return [], [doubled]
    return list(_rows_under(page, head, table)), []


def _page_of(book: Book, table: Table) -> Page:
    """The sheet of that name, else the only one, else nothing."""
    if table.name in book.pages:
        return book.page(table.name)
    return book.page(book.sheets[0]) if len(book.sheets) == 1 else Page(table.name)


@dataclass(frozen=True)
class Head:
    """The head row. `columns`: key → the columns of the sheet under its title, one or, where the
    title is merged, several.
    """

    row: int
    columns: Mapping[str, range]


def _find_head(page: Page, columns: Sequence[Column]) -> Head | None:
    for row in page.rows():
        if row > HEAD_WITHIN:
            return None
        heads = {plain(spot.text): spot.column for spot in page.row(row) if spot.text}
        if all(plain(column.title) in heads for column in columns):
            widths = {area[1]: area[3] for area in page.merges if area[0] <= row <= area[2]}
            places = {column.key: heads[plain(column.title)] for column in columns}
            return Head(row, {key: range(at, widths.get(at, at) + 1) for key, at in places.items()})
    return None


def _rows_under(page: Page, head: Head, table: Table) -> Iterator[dict[str, Spot]]:
    """Rows with something in them; cells that a merge hides carry what is wrong with them."""
    hidden = _hidden(page, head, table)
    for row in sorted({*page.cells, *hidden}):
        if row <= head.row:
            continue
        spots = {key: _under(page, row, columns) for key, columns in head.columns.items()}
        if row in hidden:
            spots |= {
                key: replace(spots[key], problem=why, is_merged=True)
                for key, why in hidden[row].items()
            }
        if any(spot.text or spot.problem for spot in spots.values()):
            yield spots


def _under(page: Page, row: int, columns: range) -> Spot:
    """The cell of a row under a title: the filled one where the title is several wide."""
    if len(columns) == 1:
        return page.spot(row, columns.start)
    filled = [column for column in page.cells.get(row, {}) if column in columns]
    spot = page.spot(row, min(filled, default=columns.start))
    return spot if len(filled) < 2 else replace(spot, problem=TWO_UNDER_ONE)


def _hidden(page: Page, head: Head, table: Table) -> dict[int, dict[str, str]]:
    """Row → key → what to say: cells below the head that are merged over more than one row, or
    over more than one column of the table. Merged titles, and blank merges in blank rows, hide
    nothing.
    """
    found: dict[int, dict[str, str]] = {}
    for area in page.merges:
        first_row, first, last_row, last = area
        from_head = first_row <= head.row
        keys = [
            key
            for key, columns in head.columns.items()
            if columns.start <= last and first < columns.stop
        ]
        if not keys or (first_row == last_row and len(keys) < 2):
            continue
        is_filled = not from_head and bool(page.spot(first_row, first).text)
        why = _merged(area, [str(table.column(key).title) for key in keys])
        for row in range(max(first_row, head.row + 1), last_row + 1):
            if is_filled or row in page.cells:
                found.setdefault(row, {}).update(dict.fromkeys(keys, why))
    return found


def _merged(area: Area, titles: Sequence[str]) -> str:
    first_row, first, last_row, last = area
    rows = f"{first_row}" if first_row == last_row else f"{first_row}至{last_row}"
    place = f"{get_column_letter(first)}{first_row}:{get_column_letter(last)}{last_row}"
    return MERGED.format(rows, "”“".join(titles), place)


def _not_found(table: Table, page: Page) -> Mistake:
    """Names the heads that are missing from the row that has most of them."""
    best: set[str] = set()
    wanted = {plain(column.title) for column in table.columns}
    for row in page.rows():
        if row <= HEAD_WITHIN:
            best = max(best, wanted & {plain(spot.text) for spot in page.row(row)}, key=len)
    missing = [str(c.title) for c in table.columns if plain(c.title) not in best]
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


def _line(table: Table, spots: dict[str, Spot], year: int | None) -> Line:
    line = Line(table, next(iter(spots.values())).row, spots)
    for column in table.columns:
        spot = line.spots[column.key]
        try:
            if spot.problem and (column.is_input or spot.is_merged):
                raise ValidationError(spot.problem)
            refuse_unprintable(spot.text)
            line.values[column.key] = column.typed(spot.text, year, spots)
        except ValidationError as error:
            line.blame(column.key, error.messages[0])
    return line


def refuse_unprintable(text: str) -> None:
    """Raises ValidationError for signs that no workbook and no database can hold."""
    if cell_text.UNWRITABLE.search(text):
        raise ValidationError("含有无法识别的字符，请重新输入。")
