"""What was said of a place of one source, said of the same words in another. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from huangshi_tasks.lib.fold import fold
from tasks.desk.changes import Change
from tasks.reader import decisions as decided
from tasks.reader.sources.lines import Source


def followed(
    changes: Iterable[Change], before: Source, after: Source
) -> tuple[list[Change], list[Change]]:
    """Those that hold in another source, and those that do not.

    Decisions about lines and places move with the words of their line, and are lost where these
    are not there any more, or stand twice. Those about a table or a column of it hold in a table
    with the same head.
    All others hold by their names.
    """
    lines = _by_words(after)
    kept, lost = [], []
    for each in changes:
        if each.about in (decided.COLUMN, decided.TABLE):
            table = each.key.rpartition(":")[0]
            moved = each if _head(table, before) == _head(table, after) != () else None
        else:
            moved = _moved(each, before, lines)
        if moved is None:
            lost.append(each)
        else:
            kept.append(moved)
    return kept, lost


def _head(table: str, source: Source) -> tuple[tuple[int, str], ...]:
    """The first row of a table of cells that has more than one, as (column, words); () of others,
    whose key is the line where they begin.
    """
    rows: dict[int, list[tuple[int, str]]] = {}
    for line in source.lines:
        if line.cell is not None and f"t{line.cell.table}" == table and line.text.strip():
            rows.setdefault(line.cell.row, []).append((line.cell.column, fold(line.text)))
    return next((tuple(rows[at]) for at in sorted(rows) if len(rows[at]) > 1), ())


def _moved(change: Change, before: Source, lines: dict[str, int | None]) -> Change | None:
    if change.about == decided.LINE:
        line = _line(change.key, before, lines)
        return replace(change, key=str(line)) if line else None
    if change.about == decided.PLACE:
        first, start, last, end = change.key.split(":")
        moved = _line(first, before, lines), _line(last, before, lines)
        if not all(moved):
            return None
        return replace(change, key=f"{moved[0]}:{start}:{moved[1]}:{end}")
    if change.about == decided.ANSWERED and "@" in change.key:
        kind, _, rest = change.key.partition("@")
        number, colon, behind = rest.partition(":")
        if colon and number.isdigit():
            line = _line(number, before, lines)
            return replace(change, key=f"{kind}@{line}:{behind}") if line else None
    return change


def _line(key: str, before: Source, lines: dict[str, int | None]) -> int | None:
    number = int(key)
    if not 1 <= number <= len(before.lines):
        return None
    return lines.get(fold(before.lines[number - 1].text))


def _by_words(source: Source) -> dict[str, int | None]:
    """Folded words → the line; None for words that stand on several."""
    found: dict[str, int | None] = {}
    for line in source.lines:
        words = fold(line.text)
        found[words] = None if words in found else line.number
    return found
