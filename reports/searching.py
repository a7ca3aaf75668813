"""Keyword search in the ledger: number, text, short title, units with aliases and initials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from huangshi_tasks.lib.text import full_width
from reports.rows import LedgerRow


def found(row: LedgerRow, words: str, aliases: Mapping[int, Sequence[str]]) -> bool:
    """Whether every word of `words` (parted by spaces) is found in the row.

    A figure is an item's number, or stands in its text as a whole figure (17 is not in 170).
    Latin letters may be the initials of a unit (`zjj` for 市住建局). `aliases`: unit id → names.
    """
    text = _normal(" ".join(_texts(row, aliases)))
    initials = [held.unit.pinyin.lower() for held in row.holders]
    return all(_has(row, word, text, initials) for word in _normal(words).split())


def _has(row: LedgerRow, word: str, text: str, initials: Iterable[str]) -> bool:
    if re.fullmatch("[0-9]+", word):
        is_number = row.task.number == int(word)
        return is_number or re.search(rf"(?<![\d.]){word}(?![\d.]*\d)", text) is not None
    if word in text:
        return True
    return re.fullmatch("[a-z]+", word) is not None and any(word in each for each in initials)


def _texts(row: LedgerRow, aliases: Mapping[int, Sequence[str]]) -> Iterable[str]:
    yield from (row.task.code, row.task.short_title, row.task.words)
    yield from (designation.printed for designation in row.designations)
    for held in row.holders:
        yield held.unit.name
        yield from aliases.get(held.unit_id, ())


def _normal(text: str) -> str:
    return full_width(text).lower()
