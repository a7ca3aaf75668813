"""By when: the words as printed and the day they mean, if they mean one."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from huangshi_tasks.lib.figures import half_width

_MONTH = r"(?P<m>1[0-2]|0?[1-9])"
_YEAR = r"(?:(?P<y>20\d\d)\s*[年./-]\s*|(?P<next>次年|明年|翌年))?"
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_ENDLESS = re.compile(
    r"长期|持续|常年|常态|全程|汛期|每[年月季周日]|按(?:月|季|时序|计划|要求|期|进度)|视情|适时|随时|即时|立即|春节|国庆|开学|同步|序时|阶段|学期|年度|待定|根据.{0,12}|分年度"
)
_CLOSED = "年内|年底|全年|年末|年终|本年度|本年|当年|下半年|年前"


@dataclass(frozen=True, slots=True)
class _Shape:
    pattern: re.Pattern[str]
    day: Callable[[int, re.Match[str]], date | None]


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _of_day(year: int, found: re.Match[str]) -> date | None:
    try:
        return date(year, int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def _of_month(year: int, found: re.Match[str]) -> date:
    month = int(found["m"])
    third = found["third"]
    if third in ("上", "初"):
        return date(year, month, 10)
    return date(year, month, 20) if third == "中" else _last(year, month)


def _of_quarter(year: int, found: re.Match[str]) -> date:
    return _last(year, _QUARTERS[found["q"]] * 3)


_SHAPES = (
    _Shape(
        re.compile(rf"(?<!\d){_YEAR}{_MONTH}\s*月\s*(?P<d>3[01]|[12]\d|0?[1-9])(?!\d|%|个|\.)\s*[日号]?"),
        _of_day,
    ),
    _Shape(
        re.compile(rf"(?<!\d)(?P<y>20\d\d)\s*[./-]\s*{_MONTH}\s*[./-]\s*(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)(?P<next>)?"),
        _of_day,
    ),
    _Shape(
        re.compile(rf"{_YEAR}{_MONTH}\s*月份?(?!\d)\s*(?:的?(?P<third>[上中下])旬|(?P<_>底|末)|(?P<__>初))?"),
        lambda year, found: _of_month(year, found),
    ),
    _Shape(
        re.compile(rf"(?P<y>20\d\d)\s*[./-]\s*{_MONTH}(?!\d)(?P<next>)?(?P<third>)?"),
        lambda year, found: _last(year, int(found["m"])),
    ),
    _Shape(re.compile(rf"{_YEAR}第?(?P<q>[一二三四1-4])\s*季度"), _of_quarter),
    _Shape(re.compile(rf"{_YEAR}上半年(?P<m>)?"), lambda year, _: _last(year, 6)),
    _Shape(re.compile(rf"{_YEAR}(?:{_CLOSED})"), lambda year, _: date(year, 12, 31)),
    _Shape(re.compile(r"(?P<y>20\d\d)年(?:底|末|内|度|全年)?(?!\s*\d|度?[上下第])(?P<next>)?"),
           lambda year, _: date(year, 12, 31)),
)  # fmt: skip


def day_of(printed: str, year: int | None) -> date | None:
    """The day a time limit means; the last where several are printed; None where it has no day or
    needs the year of the notice, which is not known.
    """
    text = half_width(printed)
    found: list[tuple[int, date]] = []
    taken: list[tuple[int, int]] = []
    known_year: int | None = None
    for shape in _SHAPES:
        for match in shape.pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            said = int(match["y"]) if match["y"] else None
            base = said if said is not None else year
            if match["next"] and year is not None:
                base = year + 1
            known_year = said or known_year
            taken.append(match.span())
            if base is not None and (day := shape.day(base, match)) is not None:
                found.append((match.start(), day))
    return max((day for _, day in found), default=None)


def is_deadline(text: str) -> bool:
    """Whether a cell or a clause says by when, and nothing else."""
    plain = re.sub(r"\s", "", half_width(text))
    if not plain or len(plain) > 40:
        return False
    if day_of(plain, 2000) is not None:
        return re.search(r"[。]|单位|领导", plain[:-1]) is None
    return len(plain) <= 16 and _ENDLESS.search(plain) is not None


CLAUSE = re.compile(
    rf"(?:(?:于|在|到|至)?(?:20\d\d年)?(?:1[0-2]|[1-9])月(?:份|底|末|初|[上中下]旬|\d{{1,2}}日)?(?:底|末)?(?:之?前|以前)?|(?:20\d\d年)?(?:第?[一二三四1-4]季度(?:末|底)?|上半年|{_CLOSED})(?:之?前)?)"
    r"(?:全面|基本|全部)?(?:完成|落实到位|办结|建成|到位|完工|实施|落实|投用|投入使用)?"
)


def is_clause(text: str) -> bool:
    """Whether one piece among names says by when: 12月底前完成. Stricter than a cell may be."""
    plain = re.sub(r"\s", "", half_width(text))
    if CLAUSE.fullmatch(plain):
        return True
    return len(plain) <= 14 and is_deadline(plain) and _NAMES.search(plain) is None


_NAMES = re.compile("局|委|政府|办|公司|集团|中心|部门|单位|分解|[县市区镇乡]")
