"""Tables that were copied row by row, with blanks between their cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from tasks.reader.directory import Directory
from tasks.reader.layout.blocks import Block, Paragraph, Row, Table, TableCell
from tasks.reader.layout.columns import (
    NUMBER,
    ROLE_FIELDS,
    TEXT,
    word_field,
)
from tasks.reader.passages import BLANK, Passage, joined
from tasks.reader.roles.deadlines import is_deadline
from tasks.reader.roles.labels import DEADLINE, LEAD, LEADER, RESPONSIBLE, SUPPORT
from tasks.reader.roles.leaders import are_leaders
from tasks.reader.roles.units import are_units

_UNITS = (LEAD, SUPPORT, RESPONSIBLE)
_FEED = Passage("\n")
_ROW = re.compile(r"(?P<n>\d{1,4})\s*[、.．]?[ \t\u3000\xa0]+(?=\S)")
_GAP = re.compile(r"[ \t\u3000\xa0]+")


def parted_by_blanks(found: Sequence[Block], directory: Directory) -> list[Block] | None:
    """A row a line, its cells parted by blanks: 1 增长7%以上. 发改委. None: no such rows."""
    rows = [
        (place, cells)
        for place, each in enumerate(found)
        if isinstance(each, Paragraph) and (cells := _by_blanks(each.whole, directory)) is not None
    ]
    full = [place for place, cells in rows if len(cells) > 2]
    if len(full) < 3:
        return None
    first, last = rows[0][0], rows[-1][0]
    head_at, head, before = _blank_head(found, first)
    by_place = dict(rows)
    width = max(len(cells) for _, cells in rows)
    fields = _blank_fields([cells for _, cells in rows if len(cells) > 2], head, directory)
    out: list[Block] = []
    table: list[Row] = []
    if head:
        table.append(
            Row({fields.index(w): TableCell(p) for p, w in head if w in fields}, head[0][0].line)
        )
    for place in range(head_at + 1 if head else first, last + 1):
        each = found[place]
        if place in by_place:
            cells = by_place[place]
            table.append(Row(_placed(cells, fields, directory), cells[0].line))
        elif isinstance(each, Paragraph):
            table.append(Row({0: TableCell(each.whole, columns=max(width, 2))}, each.whole.line))
    out.extend(found[: head_at if head else first])
    holder = found[head_at] if head else None
    if before and isinstance(holder, Paragraph):
        out.append(replace(holder, pieces=(before,)))
    key = f"b{rows[0][1][0].line}"
    return [*out, Table(key, _with_head(table, fields, bool(head))), *found[last + 1 :]]


def _with_head(rows: list[Row], fields: list[str], has_head: bool) -> tuple[Row, ...]:
    words = {NUMBER: "序号", TEXT: "工作任务", LEAD: "牵头单位", SUPPORT: "配合单位",
             RESPONSIBLE: "责任单位", DEADLINE: "完成时限", LEADER: "责任领导"}  # fmt: skip
    if has_head and len(rows[0].cells) > 1:
        return tuple(rows)
    made = {at: TableCell(Passage(words.get(name, name))) for at, name in enumerate(fields)}
    return (Row(made, rows[0].line), *rows)


def _by_blanks(whole: Passage, directory: Directory) -> list[Passage] | None:
    """[number, text, what is typed by nature…] of a row; None for a line that is none."""
    start = _ROW.match(whole.text)
    if start is None:
        return None
    tokens, at = [], start.end()
    for gap in _GAP.finditer(whole.text, start.end()):
        tokens.append(whole[at : gap.start()])
        at = gap.end()
    tokens.append(whole[at:])
    typed: list[Passage] = []
    while len(tokens) > 1 and _is_typed(tokens[-1], directory):
        typed.insert(0, tokens.pop())
    text = whole[
        start.end() : start.end()
        + sum(map(len, tokens))
        + _blanks(whole, start.end(), len(tokens) - 1)
    ]
    return [whole[: start.end("n")], text.strip(BLANK), *typed]


def _blanks(whole: Passage, start: int, count: int) -> int:
    gaps = [len(gap[0]) for gap in _GAP.finditer(whole.text, start)]
    return sum(gaps[:count])


def _is_typed(token: Passage, directory: Directory) -> bool:
    return (
        are_units(token, directory)
        or is_deadline(token.text)
        or (are_leaders(token.text) and len(token.text) <= 12)
    )


def _blank_head(
    found: Sequence[Block], first: int
) -> tuple[int, list[tuple[Passage, str]], Passage | None]:
    """Where the head stands above the first row, its words and fields, and what precedes it."""
    for place in range(first - 1, max(first - 4, -1), -1):
        each = found[place]
        if not isinstance(each, Paragraph):
            break
        whole = each.whole
        tokens: list[tuple[Passage, str]] = []
        at = len(whole.text)
        while at > 0:
            gap = max((whole.text.rfind(sign, 0, at) for sign in " \t\u3000\xa0"), default=-1)
            token = whole[gap + 1 : at]
            name = word_field(token.text)
            if token and name is None:
                break
            if token and name:
                tokens.insert(0, (token, name))
            at = max(gap, 0)
            if gap < 0:
                break
        if len(tokens) >= 3:
            rest = whole[: at + 1] if at else None
            return place, tokens, rest.strip(BLANK) if rest else None
    return first, [], None


def _blank_fields(
    rows: Sequence[Sequence[Passage]], head: Sequence[tuple[Passage, str]], directory: Directory
) -> list[str]:
    """Number, text, and the role columns in the order of the head."""
    roles = [name for _, name in head if name in ROLE_FIELDS]
    if not roles:
        typed = max(rows, key=len)[2:]
        units = iter(
            (RESPONSIBLE,)
            if sum(are_units(e, directory) for e in typed) == 1
            else (LEAD, SUPPORT, RESPONSIBLE)
        )
        roles = [
            DEADLINE
            if is_deadline(e.text)
            else next(units, SUPPORT)
            if are_units(e, directory)
            else LEADER
            for e in typed
        ]
    return [NUMBER, TEXT, *dict.fromkeys(roles)]


def _placed(
    cells: Sequence[Passage], fields: list[str], directory: Directory
) -> dict[int, TableCell]:
    """Typed cells to the columns of their kind, from left to right; what is too many is joined."""
    placed = {0: TableCell(cells[0]), 1: TableCell(cells[1])}
    at = 2
    for each in cells[2:]:
        kinds: Callable[[str], bool] = _kinds_of(each, directory)
        place = next((p for p in range(at, len(fields)) if kinds(fields[p])), None)
        if place is None:
            place = next(
                (p for p in range(len(fields) - 1, 1, -1) if kinds(fields[p])), len(fields) - 1
            )
            if place in placed:
                each = joined((placed[place].passage, _FEED, each))
        placed[place] = TableCell(each)
        at = place + 1
    return placed


def _kinds_of(each: Passage, directory: Directory) -> Callable[[str], bool]:
    if is_deadline(each.text):
        return lambda name: name == DEADLINE
    if are_units(each, directory):
        return lambda name: name in _UNITS
    return lambda name: name == LEADER
