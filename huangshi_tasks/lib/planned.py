"""The days that a plan in Chinese names: 8月底前, 三季度. What is over is no plan. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_NAMED = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号]|(?P<part>[上中]旬|初|中(?!旬)))?"
    r"|(?P<quarter>[一二三四])季度|(?P<half>上半年)|(?P<end>年底|年末|年内|年度内|全年|下半年)"
    r"|(?P<near>本月|当月|下个?月)"
)
_SAYS_PAST = re.compile("已|以来|基础上|上月")
_SEGMENT = re.compile(r"[^。；;\n]+[。；;\n]*")
_OPENING = re.compile(r"\A（[^（）]{1,6}）")
_PARTS = {"上旬": 10, "初": 10, "中旬": 20, "中": 20}
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12}
LATE_IN_YEAR = 6  # a month so much earlier than the report's is one of the next year


@dataclass(frozen=True)
class Ahead:
    """What of a plan is still to come, and the clauses that were left out of it."""

    text: str
    passed: tuple[str, ...] = ()


def still_ahead(text: str, *, said_on: date, day: date) -> Ahead:
    """The plan without the steps whose day is before `day`; `said_on` is the 数据截至 of the report
    that it stands in, by which months without a year are read.

    A step without a date stays, unless it goes on from one that is over.
    """
    kept: list[str] = []
    passed: list[str] = []
    for segment in _SEGMENT.findall(text):
        rest, over = _clauses(segment, said_on, day)
        kept.append(rest)
        passed += over
    found = "".join(kept).strip()
    opening = _OPENING.match(text.strip())
    is_lost = opening is not None and not found.startswith(opening[0])
    if found and opening and is_lost and not days_named(opening[0], said_on):
        found = opening[0] + found
    return Ahead(found, tuple(passed))


def days_named(clause: str, said_on: date) -> list[date]:
    """The last day of each time that is named; of what is told as past, none."""
    if _SAYS_PAST.search(clause):
        return []
    return [found for each in _NAMED.finditer(clause) if (found := _day(each, said_on))]


def _clauses(segment: str, said_on: date, day: date) -> tuple[str, list[str]]:
    body = segment.rstrip("。；;\n")
    clauses = body.split("，")
    named = [days_named(each, said_on) for each in clauses]
    over = [bool(days) and max(days) < day for days in named]
    if not any(over):
        return segment, []
    if all(is_over for is_over, days in zip(over, named, strict=True) if days):
        return "", [body.strip()]
    kept: list[str] = []
    passed: list[str] = []
    is_over = False
    for clause, days, own in zip(clauses, named, over, strict=True):
        is_over = own if days else is_over  # what has no day goes with what stands before it
        (passed if is_over else kept).append(clause.strip())
    return "，".join(kept) + segment[len(body) :], passed


def _day(found: re.Match[str], said_on: date) -> date | None:
    year, said = said_on.year, said_on.month
    if found["month"]:
        return _of_month(found, said_on)
    if found["near"]:
        return _end_of(year, said + (1 if found["near"].startswith("下") else 0))
    if found["quarter"]:
        return _end_of(year, _QUARTERS[found["quarter"]])
    return _end_of(year, 6 if found["half"] else 12)


def _of_month(found: re.Match[str], said_on: date) -> date | None:
    month = int(found["month"])
    if not 1 <= month <= 12:
        return None
    year = int(found["year"] or said_on.year)
    if not found["year"] and month <= said_on.month - LATE_IN_YEAR:
        year += 1
    if not date.min.year < year < date.max.year:
        return None
    last = _end_of(year, month)
    wanted = int(found["day"] or _PARTS.get(found["part"] or "", last.day))
    return last.replace(day=min(max(wanted, 1), last.day))


def _end_of(year: int, month: int) -> date:
    year, month = (year + 1, month - 12) if month > 12 else (year, month)
    return date(year, month, monthrange(year, month)[1])
