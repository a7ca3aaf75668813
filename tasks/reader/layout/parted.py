"""Tables that were copied as text with | or tabs between their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.reader.layout.blocks import Block, Paragraph, Row, Table, TableCell
from tasks.reader.layout.columns import (
    head_of,
    word_field,
)
from tasks.reader.markers import HAN, HAN_PAREN, marker_of
from tasks.reader.passages import BLANK, Passage, joined

_FEED = Passage("\n")
_RULE = re.compile(r"[\s|｜:+—-]*")


def parted(found: Sequence[Block]) -> list[Block]:
    """Runs of lines with | or tabs in them as tables; such signs leave no doubt."""
    return _runs(_runs(found, "|｜", 3), "\t", 3)


def _runs(found: Sequence[Block], signs: str, least: int) -> list[Block]:
    out: list[Block] = []
    run: list[Paragraph] = []
    for place, each in enumerate([*found, None]):
        if isinstance(each, Paragraph) and (
            _parts(each, signs) > 1
            or _continues(run, each, signs)
            or _is_area(run, each, found[place + 1 : place + 2], signs)
        ):
            run.append(each)
            continue
        out.extend(_as_table(run, signs, least))
        run = []
        if each is not None:
            out.append(each)
    return out


def _parts(each: Paragraph, signs: str) -> int:
    return len([1 for piece in re.split(f"[{signs}]", each.text) if piece.strip(BLANK)])


def _continues(run: Sequence[Paragraph], each: Paragraph, signs: str) -> bool:
    """A paragraph of a cell: the row above has fewer cells than its head."""
    if not run or signs != "\t" or each.after_gap or len(each.text) > 200:
        return False
    width = _parts(run[0], signs)
    return width > 2 and marker_of(each.text) is None and _parts(run[-1], signs) < width


def _is_area(run: Sequence[Paragraph], each: Paragraph, after: Sequence[Block], signs: str) -> bool:
    """A heading between two rows: 二、农业农村."""
    if len(run) < 1 or len(each.text) > 40 or each.text.endswith("。"):
        return False
    goes_on = bool(after) and isinstance(after[0], Paragraph) and _parts(after[0], signs) > 2
    return goes_on and marker_of(each.text) is not None and word_field(each.text) is None


def _as_table(run: Sequence[Paragraph], signs: str, least: int) -> list[Block]:
    if not run:
        return []
    rows: list[Row] = []
    for each in run:
        if _RULE.fullmatch(each.text):
            continue
        cells = _cells(each.whole, signs)
        if (
            len(cells) == 1
            and (found := marker_of(cells[0].text)) is not None
            and found.kind in (HAN, HAN_PAREN)
        ):
            width = max((len(row.cells) for row in rows), default=2)
            rows.append(Row({0: TableCell(cells[0], columns=width)}, cells[0].line))
            continue
        if rows and len(cells) == 1 and signs == "\t":
            rows[-1] = _lengthened(rows[-1], cells[0])
            continue
        if (
            rows
            and signs == "\t"
            and len(rows[-1].cells) + len(cells) - 1 == len(rows[0].cells)
            and len(cells) < len(rows[0].cells)
        ):
            rows[-1] = _lengthened(rows[-1], *cells)
            continue
        rows.append(Row({at: TableCell(cell) for at, cell in enumerate(cells)}, each.whole.line))
    table = Table(f"p{run[0].whole.line}", tuple(rows))
    has_head = head_of(table) is not None
    if len(rows) < least and not has_head:
        return list(run)
    return [table] if has_head or table.width > 2 else list(run)


def _cells(whole: Passage, signs: str) -> list[Passage]:
    pieces, start = [], 0
    for found in re.finditer(f"[{signs}]", whole.text):
        pieces.append(whole[start : found.start()].strip(BLANK))
        start = found.end()
    pieces.append(whole[start:].strip(BLANK))
    if signs != "\t":
        pieces = pieces[0 if pieces[0] else 1 :]
        pieces = pieces if pieces and pieces[-1] else pieces[:-1]
    return pieces


def _lengthened(row: Row, first: Passage, *others: Passage) -> Row:
    at = max(row.cells)
    cells = {**row.cells, at: TableCell(joined((row.cells[at].passage, _FEED, first)))}
    for place, each in enumerate(others, start=at + 1):
        cells[place] = TableCell(each)
    return Row(cells, row.line)
