"""The one door: everything doubtful in a text, held against what is known of its item. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from progress.quality import done, figures, promised, shares, sums, told_days, words
from progress.quality.amounts import plain
from progress.quality.clauses import line_at
from progress.quality.facts import Contradiction, Facts
from progress.quality.reading import read

KINDS = {
    "number": "数字与填报不一致",
    "unit": "数量级或计量单位不一致",
    "started": "开工数与填报不一致",
    "target": "目标与任务不一致",
    "last": "上期数与已通过数据不一致",
    "increase": "本期增量与两期之差不一致",
    "percent": "百分比与填报不一致",
    "order": "完工多于开工",
    "sum": "分项与合计不一致",
    "done": "写已完成，填报未完成",
    "step_day": "节点日期不一致",
    "future": "截至日期之后的事写成已发生",
    "stale": "截至日期早于本期",
    "no_fact": "没有具体事实",
    "copied": "与其他填报文字相同",
    "dropped": "上期下一步没有下文",
}


def findings_of_text(text: str, facts: Facts, *, place: str = "progress") -> list[Contradiction]:
    """What is doubtful in `text` (进展情况, 采用稿, a sentence of a paper), in its order.

    `facts`: what is known of the item at the text's own period (`progress.checking.knowing` makes
    them of reports). `place`: the field that the text stands in. Each finding quotes its words and
    says the other side with its place; `mark` names sentence and kind, by which an answer is kept.
    Nothing here blocks, and no text makes it raise. Steps of last period are asked about only where
    `facts` has them, a copy only among `facts.others` and `previous_text`.
    """
    said = plain(text)
    found = _distinct(_all(text, said, facts))
    return [_quoted(each, text, said, place) for each in found]


def _all(text: str, said: str, facts: Facts) -> Iterator[Contradiction]:
    told = read(text, facts)
    yield from figures.checks(told, facts)
    yield from shares.checks(told, facts)
    yield from sums.checks(told, facts)
    yield from done.checks(said, told, facts)
    yield from told_days.checks(said, facts)
    yield from words.no_fact(text, said)
    yield from words.copied(said, facts)
    yield from words.dropped(said, facts)
    yield from promised.checks(facts)


def _distinct(found: Iterable[Contradiction]) -> list[Contradiction]:
    """One of a kind for one place, in the order of the text."""
    kept: dict[tuple[str, int, str], Contradiction] = {}
    for each in found:
        kept.setdefault((each.kind, each.start, each.quote), each)
    return sorted(kept.values(), key=lambda each: each.start)


def _quoted(found: Contradiction, text: str, said: str, place: str) -> Contradiction:
    if found.quote:
        return replace(found, place=place)
    line = line_at(text, said, found.start)
    return replace(found, quote=text[found.start : found.end], line=line, place=place)
