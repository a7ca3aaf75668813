"""The head of a notice: title, number, date, year, and how many items it says it has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from tasks.reader.numbers import CHINESE_ORDINAL, chinese_ordinal
from tasks.reader.parsed import PlanHead

_ORGAN = r"(?:[\u4e00-\u9fff]{2,30}(?:政府|办公室|办公厅|委员会|管委会|区委|市委|县委|办))?"
_NOTICE = re.compile(rf"{_ORGAN}关于.{{2,100}}?通知")
_OTHER = re.compile(rf"{_ORGAN}关于.{{2,100}}?(?:意见|方案|决定|通报|函|公告|安排)")
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,8}\s*[〔\[(【（［]\s*(?P<year>\d{4})\s*[〕\])】）］]\s*(?:第\s*)?\d{1,4}\s*号"
)
_LABELLED_NUMBER = re.compile(
    rf"(?:发文字号|文\s*号|字号)\s*[:：|｜]?\s*(?P<number>{_NUMBER.pattern})"
)
_DATE = re.compile(r"(?P<y>\d{4})\s*[年./-]\s*(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})")
_HAN_DATE = re.compile(
    r"(?P<y>[二〇○零一三四五六七八九ＯO0]{4})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
)
_NUMBER_LINE = re.compile(rf"(?P<number>{_NUMBER.pattern})\s*(?:{_DATE.pattern}\s*日?)?")
_BRACKETED = re.compile(
    rf"[(（]\s*(?P<number>{_NUMBER.pattern})\s*(?:{_DATE.pattern}\s*日?)?\s*[)）]"
)
_DATED = re.compile(rf"(?:发文日期|成文日期|印发日期)\s*[:：]?\s*(?:{_DATE.pattern})")
_HAN_AGAIN = _HAN_DATE.pattern.replace("?P<", "?P<h")  # beside _DATE in one pattern
_ALONE = re.compile(rf"[(（]?(?:{_DATE.pattern}\s*日?|{_HAN_AGAIN})\s*(?:印发)?[)）]?")
_SIGNED = re.compile(
    r"(?:政府|办公室|办公厅|委员会|管委会|政府办)\s*"
    rf"(?P<day>{_DATE.pattern}\s*日|{_HAN_AGAIN})(?!\s*印发)"
)
_PAGE_DATE = re.compile(r"来源|编辑|发布|时间[:：]|\d{1,2}:\d{2}|点击|浏览|制表|填报|更新")
_NAMED = re.compile(r"《(\d{4}年[^《》]{4,60})》")
_YEAR = re.compile(r"(\d{4})\s*年")
_KEYWORD = re.compile(r"重点工作|实事|工作任务|目标任务|责任|分工|分解")
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九ＯO", "000123456789" + "00")
_COUNT = rf"(\d{{1,4}}|{CHINESE_ORDINAL})"
_DECLARED = (
    re.compile(rf"共(?:计|有|分解|梳理)?[^。，,；;项件共]{{0,14}}?{_COUNT}\s*(?:项|件)"),
    re.compile(rf"(?:\d{{1,2}}|{CHINESE_ORDINAL})\s*个?(?:方面|大类|类|部分|板块|领域)[、，,]?(?:共|计)?\s*{_COUNT}\s*(?:项|件|条)"),
    re.compile(rf"(?:分解(?:为|成)|确定了?|梳理(?:出|为))[^。；;]{{0,12}}?{_COUNT}\s*项"),
)  # fmt: skip


def read_head(front: Sequence[str], sections: Sequence[str]) -> PlanHead:
    """What the lines around the plan and the titles of its lists say. What is missing stays empty
    or None; the caller warns.
    """
    named = next((each for each in sections if _KEYWORD.search(each)), next(iter(sections), ""))
    title = _title(front) or re.sub(r"\s", "", named)
    number = _document_number(front)
    issued_on = _issued_on(front)
    return PlanHead(_year(title, sections, number, issued_on), title, number, issued_on)


def days_in(text: str) -> list[date]:
    """The days that a line prints, in figures or in characters."""
    found = [_day(each["y"], each["m"], each["d"]) for each in _DATE.finditer(text)]
    found += [_han_day(each["y"], each["m"], each["d"]) for each in _HAN_DATE.finditer(text)]
    return [day for day in found if day is not None]


def published_on(text: str) -> date | None:
    """The day on which a web page says that it was put there: 发布时间：2023-01-29 10:20."""
    return next(iter(days_in(text)), None) if _PAGE_DATE.search(text) else None


def declared_counts(front: Sequence[str]) -> list[tuple[int, str]]:
    """How many items the notice says it has, and the words that say so."""
    found = []
    for line in front:
        plain = unicodedata.normalize("NFKC", line)
        for shape in _DECLARED:
            for match in shape.finditer(plain):
                figure = match[1]
                value = int(figure) if figure.isdigit() else chinese_ordinal(figure)
                if value > 1:
                    found.append((value, match[0]))
    return found


def _title(front: Sequence[str]) -> str:
    joined = [
        re.sub(r"\s", "", "".join(front[at : at + size]))
        for size in (1, 2, 3)
        for at in range(len(front))
    ]
    for shape in (_NOTICE, _OTHER):
        titles = [
            found
            for line in joined
            for found in (
                [m[0] for m in shape.finditer(line)] if shape is _NOTICE else _whole(shape, line)
            )
        ]
        best = next((title for title in titles if _KEYWORD.search(title)), next(iter(titles), ""))
        if best:
            return best
    named = [m[1] for line in front for m in _NAMED.finditer(re.sub(r"\s", "", line))]
    return next((title for title in named if _KEYWORD.search(title)), "")


def _whole(shape: re.Pattern[str], line: str) -> list[str]:
    found = shape.fullmatch(line)
    return [found[0]] if found else []


_OF_TITLE = re.compile(r"^.*(?:通知|意见|方案|决定|通报|清单|安排|文件|计划)(?=[\u4e00-\u9fff]{2})")


def _document_number(front: Sequence[str]) -> str:
    """Without the end of a title that a line break left before it."""
    return _OF_TITLE.sub("", _printed_number(front))


def _printed_number(front: Sequence[str]) -> str:
    for line in front:
        if labelled := _LABELLED_NUMBER.search(line):
            return re.sub(r"\s", "", labelled["number"])
    for line in front:
        if alone := _NUMBER_LINE.fullmatch(line.strip()):
            return re.sub(r"\s", "", alone["number"])
    for line in front:
        if bracketed := _BRACKETED.fullmatch(line.strip()):
            return re.sub(r"\s", "", bracketed["number"])
    for line in front:
        for found in _NUMBER.finditer(line):
            before = line[: found.start()].rstrip()
            if not before.endswith(("(", "（", "》", "《")) and len(before) < 60:
                return re.sub(r"\s", "", found[0])
    return ""


def _issued_on(front: Sequence[str]) -> date | None:
    """成文日期, else the date below the signature; never that of a web page."""
    for line in front:
        for found in _DATED.finditer(line):
            if day := _day(found["y"], found["m"], found["d"]):
                return day
    alone = [day for line in front if (day := _alone(line)) is not None]
    if alone:
        return alone[-1]
    for line in front:
        if signed := _SIGNED.search(line):
            return _of(signed)
    for line in front:
        is_number = _NUMBER_LINE.fullmatch(line.strip("() \t\u3000（）")) is not None
        if is_number and (dated := _DATE.search(line)):
            return _day(dated["y"], dated["m"], dated["d"])
    return None


def _alone(line: str) -> date | None:
    if _PAGE_DATE.search(line):
        return None
    found = _ALONE.fullmatch(line.strip())
    return _of(found) if found else None


def _of(found: re.Match[str]) -> date | None:
    if found["y"]:
        return _day(found["y"], found["m"], found["d"])
    return _han_day(found["hy"], found["hm"], found["hd"])


def _han_day(year: str, month: str, day: str) -> date | None:
    digits = year.translate(_HAN_DIGITS)
    return _day(digits, str(chinese_ordinal(month)), str(chinese_ordinal(day)))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _year(title: str, sections: Sequence[str], number: str, issued_on: date | None) -> int | None:
    for text in (title, *sections):
        if found := _YEAR.search(unicodedata.normalize("NFKC", text)):
            return int(found[1])
    if found := _NUMBER.search(number):
        return int(found["year"])
    return issued_on.year if issued_on else None
