"""A day as people type it: 2022-08-05, 2022.8.5, 2022年8月5日, 8月5日. Pure."""

from __future__ import annotations

import re
from datetime import date

from huangshi_tasks.lib.figures import half_width, trimmed

NOT_A_DAY = "请按“2022-08-05”的格式填写日期。"
_WHOLE = re.compile(
    r"(?P<year>\d{4})(?:(?P<by>[-/.])(?P<month>\d{1,2})(?P=by)(?P<day>\d{1,2})"
    r"|年(?P<cn_month>\d{1,2})月(?P<cn_day>\d{1,2})[日号]?)"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?",
    re.ASCII,
)
_WITHOUT_YEAR = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]", re.ASCII)
_BLANK = re.compile(r"\s+(?!\d{1,2}:)|(?<=[年月日号])\s+")


def day_of(text: str, year: int | None = None) -> date | None:
    """The one day that `text` means; None where it means none, or one of several.

    `year` is that of 8月5日; without it such a day is one of several.
    """
    typed = _BLANK.sub("", half_width(trimmed(text)))
    if found := _WHOLE.fullmatch(typed):
        month, day = found["month"] or found["cn_month"], found["day"] or found["cn_day"]
        return _day(int(found["year"]), month, day)
    if year is not None and (found := _WITHOUT_YEAR.fullmatch(typed)):
        return _day(year, found["month"], found["day"])
    return None


def _day(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None
