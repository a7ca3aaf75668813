"""Days of the text against the period: a day to come told as past, an old day told as now. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from progress.quality.clauses import Clause, sentences_of
from progress.quality.days import Day, days_in
from progress.quality.facts import Contradiction, Facts

_TO_COME = re.compile(
    "前|计划|预计|力争|确保|拟|将|争取|有望|安排|目标|下一步|下步|截止|期限|限期|到期|之后|以后|起至|要求|定于|明确|约定|工期|顺延"
    "|推迟|延期|延至|下阶段|启用期"
)
_PAST = re.compile(
    "已|完成|召开|开展|顺利|建成|通过|开工|封顶|印发|出台|发现|验收|投用|竣工|通车|签订|签约|组织|启动|上线|挂牌|取得|举办|发布|施工"
)
_AS_OF = re.compile("(?:截至|截止到?)(?:目前)?$")
_MONTHS = re.compile(r"(?:(?<!\d)1月?|年初)[-至到]+(?P<until>1[0-2]|[1-9])月")
_COMPARED = re.compile("同比|去年|上年|同期|上月|较|比|由|从|对比|增加到|增至")


def checks(plain: str, facts: Facts) -> Iterator[Contradiction]:
    """Days after the period that are told as past; 截至 a day of an earlier period."""
    days = list(days_in(plain, facts.span.last.year))
    for sentence in sentences_of(plain):
        for clause in sentence.clauses:
            for day in days:
                if clause.start <= day.start < clause.end:
                    yield from _future(day, clause, facts)
                    yield from _stale(day, clause, plain, days, facts)
    yield from _stale_months(plain, days, facts)


def _future(day: Day, clause: Clause, facts: Facts) -> Iterator[Contradiction]:
    if day.first <= facts.span.last or (day.is_whole and day.first.month > 12):
        return
    here = clause.text
    if _TO_COME.search(here) or _TO_COME.search(clause.ahead) or not _PAST.search(here):
        return
    end = facts.span.last
    other = f"本期截至{end.month}月{end.day}日"
    yield Contradiction("future", "", day.start, day.end, other, "data_as_of")


def _stale(
    day: Day, clause: Clause, plain: str, days: list[Day], facts: Facts
) -> Iterator[Contradiction]:
    """截至6月30日 in a report of July, which nowhere says how it is now."""
    if not _AS_OF.search(plain[clause.start : day.start]) or day.last >= facts.span.first:
        return
    if _COMPARED.search(plain[day.end : clause.end]) or _says_now(plain, days, facts):
        return
    end = facts.span.last
    other = f"本期截至{end.month}月{end.day}日"
    yield Contradiction("stale", "", day.start, day.end, other, "data_as_of")


def _stale_months(plain: str, days: list[Day], facts: Facts) -> Iterator[Contradiction]:
    """1—6月 in a report of July, where nothing is said of July."""
    for found in _MONTHS.finditer(plain):
        is_old = int(found["until"]) < facts.span.first.month
        ahead = plain[max(0, found.start() - 6) : found.start()]
        if is_old and not _COMPARED.search(ahead) and not _says_now(plain, days, facts):
            end = facts.span.last
            other = f"本期截至{end.month}月{end.day}日"
            yield Contradiction("stale", "", found.start(), found.end(), other, "data_as_of")


def _says_now(plain: str, days: list[Day], facts: Facts) -> bool:
    """Whether the text tells of this period beside."""
    within = any(day.first <= facts.span.last and day.last >= facts.span.first for day in days)
    return within or bool(re.search("本月|本期|本季|当月|目前|当前", plain))
