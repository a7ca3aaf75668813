"""文件信息: what the head of a notice says, where that stands, and what a person has to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from huangshi_tasks.lib import text
from tasks.desk.changes import SERIES, Change
from tasks.desk.content import Content
from tasks.models import Plan
from tasks.reader.decisions import ANSWERED, HEAD
from tasks.reader.head import days_in, published_on
from tasks.reader.sources.lines import Line

LABELS = {
    "title": "标题",
    "document_number": "文号",
    "issued_on": "成文日期",
    "year": "年度",
    SERIES: "台账名称",
}
_ABSENT = {name: f"head@未找到{label}" for name, label in LABELS.items()}
_GIVEN = "已由督查室填写或确认"


@dataclass(frozen=True)
class HeadField:
    """One field as it stands. `where` is the sentence at its right; `is_open`: it must be filled or
    confirmed; `can_confirm`: a tick will do.
    """

    name: str
    value: str
    where: str
    is_open: bool = False
    can_confirm: bool = False

    @property
    def label(self) -> str:
        return LABELS[self.name]

    @property
    def confirmation(self) -> Change:
        """What a tick says: that it is as it stands, or that there is none."""
        if self.value:
            return Change(HEAD, self.name, self.value)
        return Change(ANSWERED, _ABSENT[self.name], "confirmed")


def fields_of(content: Content) -> list[HeadField]:
    """All five, in the order of the page."""
    head = content.reading.head
    reading = _Head(content)
    return [
        reading.field("title", head.title, reading.of_title()),
        reading.field("document_number", head.document_number, reading.place(head.document_number)),
        reading.field("issued_on", str(head.issued_on or ""), *reading.of_day(head.issued_on)),
        reading.field("year", str(head.year or ""), *reading.of_year()),
        HeadField(SERIES, content.series, reading.of_series()),
    ]


class _Head:
    def __init__(self, content: Content) -> None:
        self.content = content
        self.head = content.reading.head
        self.lines = content.reading.source.lines
        self.given = {each.key for each in content.changes if each.about == HEAD}
        self.absent = {each.key for each in content.doubts if each.kind == "head"}

    def field(self, name: str, value: str, where: str, doubt: str = "") -> HeadField:
        """A value that was read, one that is missing, or one that a person has to confirm."""
        if name in self.given:
            return HeadField(name, value, _GIVEN)
        if not value:
            return self._missing(name)
        if name == "title" and not where:
            doubt = "原文没有通知的标题，取自表名，请核对"
        return HeadField(name, value, doubt or where, bool(doubt), bool(doubt))

    def _missing(self, name: str) -> HeadField:
        if _ABSENT[name] not in self.absent:
            return HeadField(name, "", "已确认没有")
        can_confirm = name == "document_number"
        ask = "没有读到，请填写；确无文号的，勾选“确认”" if can_confirm else "没有读到，请填写"
        return HeadField(name, "", ask, is_open=True, can_confirm=can_confirm)

    def place(self, words: str) -> str:
        """第3段: the line where words begin that may go over the lines below."""
        wanted = re.sub(r"\s", "", words)
        if not wanted:
            return ""
        for at, line in enumerate(self.lines):
            joined = "".join(each.text for each in self.lines[at : at + 3])
            own = re.sub(r"\s", "", line.text)
            found = re.sub(r"\s", "", joined).find(wanted)
            if own and 0 <= found < len(own):
                return self._named(line)
        return ""

    def _named(self, line: Line) -> str:
        kind = self.content.reading.source.kind
        if line.cell is not None:
            return f"表格第{line.cell.row + 1}行"
        return f"第{line.number}{'段' if kind == 'docx' else '行'}"

    def of_title(self) -> str:
        """Where it stands; nothing where it is only the name of a sheet or of a list."""
        is_sheet = any(self.head.title == line.sheet for line in self.lines)
        sections = {re.sub(r"\s", "", each) for each in self.content.reading.sections}
        is_list = self.head.title in sections and "关于" not in self.head.title
        return "" if is_sheet or is_list else self.place(self.head.title) or "文件开头"

    def of_day(self, day: date | None) -> tuple[str, str]:
        """Where the day stands; a doubt where a web page prints another one beside it."""
        if day is None:
            return "", ""
        line = next((each for each in self._around() if day in days_in(each.text)), None)
        where = self._named(line) if line is not None else "文件中"
        if line is not None and line.number > max(self._of_items(), default=0):
            where = f"文末落款，{where}"
        others = [found for each in self._around() if (found := published_on(each.text))]
        other = next((each for each in others if each != day), None)
        if other is None:
            return where, ""
        return where, f"{where}；网页发布日期{text.day(other)}未采用"

    def of_year(self) -> tuple[str, str]:
        year = str(self.head.year or "")
        in_title = re.search(r"(20\d\d)\s*年", self.head.title)
        if year and in_title is not None and in_title[1] != year:
            return "", f"标题中是{in_title[1]}年，请核对"
        for name, words in (("标题", self.head.title), ("文号", self.head.document_number)):
            if year and year in words:
                return name, ""
        sections = self.content.reading.sections
        if any(year in each for each in sections):
            return "表名", ""
        return "成文日期", "标题和文号没有写年度，按成文日期推定，请核对"

    def of_series(self) -> str:
        """Whether it goes on what an earlier year began."""
        series = self.content.series
        earlier = Plan.objects.filter(series=series).order_by("-year").first()
        if earlier is not None:
            return f"与{earlier.year}年度相同"
        return _GIVEN if SERIES in self.given else "由标题得出，各年度相同的部分"

    def _around(self) -> Iterator[Line]:
        items = self._of_items()
        return (each for each in self.lines if each.number not in items)

    def _of_items(self) -> set[int]:
        return {span.line for spans in self.content.reading.places for span in spans}


def changes_of(
    typed: dict[str, str], confirmed: list[str], fields: list[HeadField]
) -> list[Change]:
    """What was typed that is another than what stands, and what was confirmed."""
    made = []
    for each in fields:
        value = typed[each.name]
        if value and value != each.value:
            made.append(Change(HEAD, each.name, value))
        elif each.name in confirmed and each.can_confirm and value == each.value:
            made.append(each.confirmation)
    return made
