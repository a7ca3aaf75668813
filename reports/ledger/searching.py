"""Keyword search: number, text, short title, units with aliases and initials.

Ledger, its Excel and the search page ask the same `found`, so that their counts are equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from huangshi_tasks.lib.fold import fold, words_of
from progress.board.shown import UnitName
from reports.ledger.pointing import Item, pointed
from reports.ledger.rows import LedgerRow
from units.face.initials import has_initials


def found(row: LedgerRow, words: str, aliases: Mapping[int, Sequence[str]]) -> bool:
    """Whether every word of `words` (parted by spaces) is found in the row; of one item that they
    name as a whole (实事3), whether it is this one.

    A figure is an item's number, or stands in its text as a whole figure (17 is not in 170).
    Latin letters may be the initials of a unit (`zjj` for 市住建局) or of the item (`ljxq`).
    `aliases`: unit id → names.
    """
    meant = pointed(words)
    if isinstance(meant, Item):
        return meant == (row.task.kind, row.task.number)
    texts = [*row.folded, *map(words_of, _aliases(row, aliases))]
    parted = " ".join(word for text in texts for word in text)
    whole = " ".join("".join(text) for text in texts)
    initials = [held.unit.pinyin for held in row.holders]
    return all(_has(row, word, whole, parted, initials) for word in words_of(words))


def by_closeness(rows: Sequence[LedgerRow], words: str) -> list[LedgerRow]:
    """Rows found by `words`: the item of that number, then what has them in its title."""
    wanted = words_of(words)

    def distance(row: LedgerRow) -> int:
        if str(row.task.number) in wanted:
            return 0
        title = fold(row.task.short_title)
        return 1 if all(word in title for word in wanted) else 2

    return sorted(rows, key=distance)


def units_called(
    rows: Sequence[LedgerRow], words: str, aliases: Mapping[int, Sequence[str]]
) -> list[UnitName]:
    """The units on these rows that `words` name: by name, alias or initials."""
    wanted = words_of(words)
    units = {held.unit_id: held.unit for row in rows for held in row.holders}

    def is_called(unit: UnitName) -> bool:
        names = " ".join(map(fold, [unit.name, *aliases.get(unit.pk, ())]))
        return all(word in names or _is_in_initials(word, [unit.pinyin]) for word in wanted)

    called = [unit for unit in units.values() if wanted and is_called(unit)]
    return sorted(called, key=lambda unit: (unit.ordinal, unit.pk))


def _has(row: LedgerRow, word: str, whole: str, parted: str, initials: Iterable[str]) -> bool:
    """`whole` has no blanks, so that none parts a word; in `parted` they still part figures."""
    if re.fullmatch("[0-9]+", word):
        is_number = row.task.number == int(word)
        return is_number or re.search(rf"(?<![\d.]){word}(?![\d.]*\d)", parted) is not None
    if word in whole:
        return True
    return _is_in_initials(word, initials) or _is_of_title(word, row.task.short_title)


def _is_of_title(word: str, title: str) -> bool:
    return re.fullmatch("[a-z]{2,12}", word) is not None and has_initials(title, word)


def _is_in_initials(word: str, initials: Iterable[str]) -> bool:
    is_latin = re.fullmatch("[a-z]+", word) is not None
    return is_latin and any(word in each.lower() for each in initials)


def _aliases(row: LedgerRow, aliases: Mapping[int, Sequence[str]]) -> Iterable[str]:
    for held in row.holders:
        yield from aliases.get(held.unit.pk, ())
