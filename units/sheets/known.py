"""Rows that exist already: the hidden mark of a row, what was changed in it, and whether it is
stale.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from units.sheets.book import Book, text_of
from units.sheets.columns import YES, Column, Table, Value
from units.sheets.reading import Line
from units.sheets.results import CHANGED, SAME, Result
from units.sheets.running import BadRow, Put, run_table
from units.sheets.writing import Row, cell_value

T = TypeVar("T")
ID = Column("id", "行标识", 4, is_hidden=True)
AGAIN = "请重新下载表格，在新表中填写。"
NO_MARK = f"本行的行标识缺失或被改动，{AGAIN}"
NOT_YOURS = f"本行不在您可以填写的范围内，{AGAIN}"
SHIFTED = f"本行的对照栏与原表不符，可能排序或粘贴时错行，{AGAIN}"
STALE = f"下载以后，本行在系统中已被改过，{AGAIN}"
DIGEST_LENGTH = 10
NOT_SHOWN = "（不变）"  # in a cell whose content was left out: it stays as it stands
SHOWN = 60  # characters of a value in the list of changes


def meant(line: Line, key: str) -> str:
    """What a cell will be stored as, where it was understood; else what it says."""
    column, value = line.table.column(key), line.values.get(key)
    if isinstance(value, bool):
        return YES if value else ""
    if column.words:
        return column.words.get(str(value), line.text(key))
    return line.text(key) if column.kind == "text" or value is None else spelled(value)


def spelled(value: Value) -> str:
    """A value as it is read back from its cell."""
    return text_of(cell_value(value))


def mark_of(key: str, table: Table, values: Mapping[str, Value]) -> str:
    """Names a row and what its inputs showed."""
    inputs = sorted(column.key for column in table.columns if column.is_input)
    text = "\x1f".join(f"{key}={spelled(values.get(key))}" for key in inputs)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{key}|{digest[:DIGEST_LENGTH]}"


def row_of(
    key: str, table: Table, values: Mapping[str, Value], *, without: Sequence[str] = ()
) -> Row:
    """The row to write, with its mark; what stands in the columns `without` is not shown."""
    hidden = {each: NOT_SHOWN for each in without if values.get(each)}
    return Row({**values, **hidden, "id": mark_of(key, table, values)})


def changed_in(
    line: Line, known: Mapping[str, Mapping[str, Value]], at: str
) -> tuple[str, list[str]]:
    """The row's key, and the keys of inputs that say something else than what stands now.

    `known`: key → values now. Raises `BadRow` (at column `at`) for rows without mark, of others,
    shifted or stale.
    """
    key, _, digest = line.text("id").partition("|")
    if not digest:
        raise BadRow({at: NO_MARK})
    now = known.get(key)
    if now is None:
        raise BadRow({at: NOT_YOURS})
    shown = [c.key for c in line.table.columns if not c.is_input and c.key != "id"]
    if any(line.text(each) != spelled(now.get(each)) for each in shown):
        raise BadRow({at: SHIFTED})
    inputs = [column.key for column in line.table.columns if column.is_input]
    for each in inputs:
        if line.text(each) == NOT_SHOWN:
            line.values[each] = now.get(each)
    said = [each for each in inputs if line.text(each) != NOT_SHOWN]
    changed = [each for each in said if meant(line, each) != spelled(now.get(each))]
    if changed and line.text("id") != mark_of(key, line.table, now):
        raise BadRow({at: STALE})
    return key, changed


def run_known(
    book: Book,
    table: Table,
    rows: Mapping[str, T],
    values: Callable[[T], Mapping[str, Value]],
    write: Callable[[T, Line], None],
    label: tuple[str, str],
    *,
    year: int | None = None,
) -> Result:
    """Every line through `write` that says something else than what stands now. `rows`: key → row,
    `label`: the columns that call a line; what is wrong with a whole line is said at the first.
    """
    known = {key: values(row) for key, row in rows.items()}

    def put(line: Line) -> Put:
        key, changed = changed_in(line, known, label[0])
        called = " ".join(line.text(each) for each in label)
        if not changed:
            return Put(SAME, called)
        write(rows[key], line)
        return Put(CHANGED, called, in_words(line, known[key], changed))

    called = {key: " ".join(spelled(now.get(each)) for each in label) for key, now in known.items()}
    return run_table(book, table, put, label[0], year=year, expected=called)


def in_words(line: Line, now: Mapping[str, Value], changed: list[str]) -> tuple[str, ...]:
    """责任人：空 → 示例."""
    told = []
    for key in changed:
        before, after = shortened(spelled(now.get(key))), shortened(meant(line, key))
        told.append(f"{line.table.column(key).title}：{before} → {after}")
    return tuple(told)


def shortened(text: str) -> str:
    """A value for the list of changes; 空 where there is none."""
    return f"{text[:SHOWN]}…" if len(text) > SHOWN else text or "空"
