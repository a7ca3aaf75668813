"""Works out the formulas of a cover over the pages of its workbook, as a spreadsheet would.

Only what our covers use: COUNT, COUNTA, COUNTIF and SUM over columns from row 4 down, and
arithmetic with INT.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

CALL = re.compile(
    r"(COUNTIF|COUNTA|COUNT|SUM)"
    r"\('((?:[^']|'')+)'!\$([A-Z]+)\$4:\$([A-Z]+)\$1048576(?:,\"((?:[^\"]|\"\")*)\")?\)"
)
FIRST_ROW = 4


def book_of(content: bytes) -> Any:
    return load_workbook(BytesIO(content))


def totals_of(book: Any) -> dict[str, Any]:
    """The cover: label → number."""
    return {label: value for label, value, _ in _checks(book)}


def unequal(book: Any) -> list[tuple[str, Any, float]]:
    """The totals that their formula does not give."""
    found = []
    for label, value, formula in _checks(book):
        reckoned = reckon(book, formula)
        if abs(float(value) - reckoned) > 1e-9:
            found.append((label, value, reckoned))
    return found


def reckon(book: Any, formula: str) -> float:
    arithmetic = CALL.sub(lambda call: str(_call(book, *call.groups())), formula.removeprefix("="))
    assert re.fullmatch(r"[\d.+\-*/() INT]+", arithmetic), arithmetic
    return float(eval(arithmetic, {"INT": int, "__builtins__": {}}))


def _checks(book: Any) -> list[tuple[str, Any, str]]:
    rows = book["汇总"].iter_rows(min_row=FIRST_ROW, max_col=3, values_only=True)
    return [(label, value, formula) for label, value, formula in rows if formula is not None]


def _call(book: Any, name: str, page: str, first: str, last: str, wanted: str | None) -> float:
    rows = book[page.replace("''", "'")].iter_rows(
        min_row=FIRST_ROW,
        min_col=column_index_from_string(first),
        max_col=column_index_from_string(last),
        values_only=True,
    )
    cells = [value for row in rows for value in row if value is not None]
    numbers = [value for value in cells if isinstance(value, int | float)]
    if name == "COUNTIF":
        pattern = _pattern((wanted or "").replace('""', '"'))
        return sum(isinstance(value, str) and fnmatchcase(value, pattern) for value in cells)
    return {"COUNT": len(numbers), "COUNTA": len(cells), "SUM": sum(numbers)}[name]


def _pattern(wanted: str) -> str:
    """~* of a spreadsheet is [*] here."""
    return re.sub(r"~([~*?])", r"[\1]", wanted.replace("[", "[[]"))
