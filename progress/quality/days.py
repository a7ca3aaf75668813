"""Days that a text names, as the spans they mean. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_DAY = re.compile(
    r"(?<!\d)(?:(?P<year>20\d\d)年|(?P<last>去年|上年)|(?P<now>今年))?(?P<month>1[0-2]|0?[1-9])月"
    r"(?:(?P<day>[12]\d|3[01]|0?[1-9])[日号]|(?P<part>底|末|初|上旬|中旬|下旬)|(?P<whole>份)?)"
)
_PARTS = {
    "底": (21, 31),
    "末": (21, 31),
    "初": (1, 10),
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
}


@dataclass(frozen=True)
class Day:
    """`first` and `last` are the same for a day; `is_whole` for a month without a day."""

    start: int
    end: int
    first: date
    last: date
    is_whole: bool = False

    @property
    def is_exact(self) -> bool:
        return self.first == self.last


def days_in(plain: str, year: int) -> Iterator[Day]:
    """Every day, part of a month or month in a `plain` text; those without a year are of `year`."""
    for found in _DAY.finditer(plain):
        its_year = int(found["year"] or (year - 1 if found["last"] else year))
        month = int(found["month"])
        longest = monthrange(its_year, month)[1]
        if found["day"]:
            first = last = min(int(found["day"]), longest)
        else:
            first, last = _PARTS.get(found["part"] or "", (1, 31))
        yield Day(
            found.start(),
            found.end(),
            date(its_year, month, first),
            date(its_year, month, min(last, longest)),
            is_whole=not found["day"] and not found["part"],
        )
