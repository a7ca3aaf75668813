"""The head of a notice: title, number, date; and the lines of the letter around the plan."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from tasks.reader.parsed import PlanHead

_TITLE = re.compile(r"关于.{2,100}?通知")
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,8}\s*[〔\[(【（［]\s*(?P<year>\d{4})\s*[〕\])】）］]\s*\d{1,4}\s*号"
)
_LABELLED_NUMBER = re.compile(rf"(?:发文字号|文号|字号)\s*[:：]?\s*(?P<number>{_NUMBER.pattern})")
_DATE = re.compile(r"(?P<y>\d{4})\s*[年./-]\s*(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})")
_NUMBER_LINE = re.compile(rf"(?P<number>{_NUMBER.pattern})\s*(?:{_DATE.pattern}\s*日?)?")
_DATED = re.compile(rf"(?:发文日期|成文日期|印发日期|时间|日期)\s*[:：]?\s*(?:{_DATE.pattern})")
_YEAR = re.compile(r"(\d{4})\s*年")
_KEYWORD = re.compile(r"重点工作|实事|工作任务|目标任务|责任")

_LETTER = (
    re.compile(
        r"(?:来源|时间|分享|索引号|文件名称|文件类型|发文单位|发文机关|发文字号|文号|发文日期|成文日期|发布日期|效力状态|主题分类|主题词|字号|浏览次数|打印)"
        r"(?:\s*[:：]|[\u4e00-\u9fff\d〔]|\s*$).*"
    ),
    re.compile(r".{0,30}关于.{2,100}通知"),
    re.compile(r".*(?:政府|部门|单位|管委会|委员会)[^。]*[:：]"),
    re.compile(
        r"(?:为|根据|按照|经).*(?:印发给你们|印发如下|分解如下|认真贯彻|贯彻执行|遵照执行|组织实施).*"
    ),
    re.compile(r"现将.*(?:印发|通知).*"),
    re.compile(r"[\u4e00-\u9fff]{2,20}(?:人民政府|办公室|政府办|委员会)"),
    re.compile(rf"[(（]?\s*{_DATE.pattern}\s*日?\s*(?:印发)?[)）]?"),
    _NUMBER_LINE,
    re.compile(r"附\s*件\s*\d{0,2}\s*(?:[:：].*)?"),
    re.compile(r"[(（]?(?:此件公开发布|此页无正文|公开方式[:：].*)[)）]?"),
    re.compile(r"抄\s*送\s*[:：].*"),
    re.compile(r"[\u4e00-\u9fff]{2,20}办公室\s*\d{4}年\d{1,2}月\d{1,2}日印发"),
)
HEADLINE = re.compile(r"(?:预期目标|主要目标|发展目标)[^:：。]{0,8}[:：]")


def is_letter(line: str) -> bool:
    """Whether a line belongs to the letter around the plan: address, signature, page furniture."""
    return any(pattern.fullmatch(line) for pattern in _LETTER)


def read_head(front: Sequence[str], sections: Sequence[str]) -> PlanHead:
    """What can be read from the lines before the first item and from the section titles.

    Whatever is missing stays empty or None; the caller warns.
    """
    title = _title(front) or next(iter(sections), "")
    number = _document_number(front)
    issued_on = _issued_on(front)
    return PlanHead(_year(title, sections, number, issued_on), title, number, issued_on)


def _title(front: Sequence[str]) -> str:
    titles = [found[0] for line in front for found in _TITLE.finditer(line)]
    return next((title for title in titles if _KEYWORD.search(title)), next(iter(titles), ""))


def _document_number(front: Sequence[str]) -> str:
    for line in front:
        if labelled := _LABELLED_NUMBER.search(line):
            return re.sub(r"\s", "", labelled["number"])
    for line in front:
        if alone := _NUMBER_LINE.fullmatch(line):
            return re.sub(r"\s", "", alone["number"])
    return ""


def _issued_on(front: Sequence[str]) -> date | None:
    for pattern in (_DATED, _DATE):
        for line in front:
            for found in pattern.finditer(line):
                if day := _day(found["y"], found["m"], found["d"]):
                    return day
    return None


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
