"""Every number an item promises, by grammar: which figures are promises, and what each one counts.

A person reviews the proposal; nothing here knows a sentence of any one notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tasks.reader.numbers import DIGIT
from tasks.reader.parsed import ParsedIndicator, ParsedSubItem
from tasks.reader.promised import wording
from tasks.reader.promised.naming import Subject, name_of
from tasks.reader.promised.proposals import Promise, distinct, indicator_of
from tasks.reader.promised.quantities import Quantity, find_quantities, unclear_figures

# A comma inside 1,200 ends no clause.
_CLAUSE = re.compile(
    rf"(?:[^,，;；。!！?？:：()（）]|(?<={DIGIT})[,，](?={DIGIT}{{3}}(?!{DIGIT})))+"
)
_QUOTED = re.compile(r"“[^“”]*”|‘[^‘’]*’|「[^」]*」|《[^《》]*》|\"[^\"]*\"")
_BOUNDARY = re.compile(r"$|[,，;；。、!！?？:：()（）\s]|和|及|并|且|或|与|目标|大关")
_LINK = re.compile(r"^(?:[、和及与并]|以及)+")
_LINK_END = re.compile(r"(?:[、和及与]|以及)+$")
SUPPORT = "support"
_CONTEXT = 40  # characters on each side that decide about a figure
_GROWS = re.compile(r"(?:同比|年均)?(?:增长|增速|下降)$")


def find_promises(text: str, *, reporting: str = "") -> tuple[ParsedIndicator, ...]:
    """Indicators of one item in the order of its text; `reporting` is the unit that files them."""
    shown = _mask(text)
    promises: list[Promise] = []
    for clause in _CLAUSE.finditer(shown):
        promises.extend(_of_clause(text, shown, clause.start(), clause.end(), promises))
    return tuple(indicator_of(each, text, reporting) for each in distinct(promises))


def find_in_parts(
    parts: Iterable[ParsedSubItem], text: str, *, reporting: str = ""
) -> tuple[ParsedIndicator, ...]:
    """Those of 分项 that are no part of the item's `text`: nowhere in it, so from 0 to 0. Who leads
    a part files its numbers, else `reporting`.
    """
    found: list[ParsedIndicator] = []
    for part in parts:
        if part.text and part.text not in text:
            leads = (each.name for each in part.designations if each.role != SUPPORT)
            own = find_promises(part.text, reporting=next(leads, reporting))
            found += [replace(each, start=0, end=0) for each in own]
    return tuple(found)


def _mask(text: str) -> str:
    """Quoted names and titles carry figures that promise nothing (“5G+光网”, “人才10条”); a figure
    of two readings is a person's to read.
    """
    shown = _QUOTED.sub(lambda found: "〇" * len(found[0]), text)
    for start, end, _ in unclear_figures(shown):
        shown = shown[:start] + "〇" * (end - start) + shown[end:]
    return shown


def _of_clause(
    text: str, shown: str, start: int, end: int, earlier: list[Promise]
) -> Iterator[Promise]:
    kept = _promised_quantities(shown, start, end)
    if len(kept) > 1 and kept[0].distributes:
        yield from _distributed(text, start, kept)
        return
    known, begin, action = list(earlier), start, ""
    for place, quantity in enumerate(kept):
        following = kept[place + 1].start if place + 1 < len(kept) else end
        link = _LINK.match(shown[begin : quantity.start])
        begin += link.end() if link else 0
        stop = _noun_end(shown, quantity, following)
        before, after = text[begin : quantity.start], text[quantity.end : stop]
        name = name_of(Subject(before, after, action, text[max(0, start - 80) : start]), known)
        action = wording.telling_action(wording.without_auxiliaries(before)) or action
        if unit := quantity.unit or _understood_unit(name):
            known.append(Promise(quantity, begin, stop, name, unit))
            yield known[-1]
        begin = stop


def _promised_quantities(shown: str, start: int, end: int) -> list[Quantity]:
    """The promised figures of the clause `shown[start:end]`, placed in the whole text."""
    found = [each.moved(start) for each in find_quantities(shown[start:end])]
    return [each for each in found if _is_promise(each, shown, start, end)]


def _is_promise(quantity: Quantity, shown: str, start: int, end: int) -> bool:
    """Whether a figure is delivered rather than described, by the words on both sides of it."""
    before = shown[max(start, quantity.start - _CONTEXT) : quantity.start]
    to_number = shown[max(start, quantity.number_start - _CONTEXT) : quantity.number_start]
    rest = shown[quantity.end : min(end, quantity.end + _CONTEXT)]
    is_last_word = bool(_BOUNDARY.match(rest))
    if wording.DESCRIBED.search(before) or wording.SETTING.match(shown, start, quantity.start):
        return False
    if quantity.is_time:
        return is_last_word and bool(wording.LIMITED_TIME.search(to_number))
    if is_last_word:
        return bool(before or quantity.unit)
    if not quantity.unit or rest.startswith("的"):
        return False  # 100强, 50%的企业: it describes the noun
    if quantity.suffix and not quantity.is_count:
        return False  # 5亿元以上项目; but 10家以上企业 are counted
    if quantity.is_extent or quantity.is_money:
        return bool(wording.DELIVERS.search(to_number))
    return True


def _noun_end(shown: str, quantity: Quantity, limit: int) -> int:
    """Where the noun behind a figure ends: 3个全域国土综合整治项目|和…, 1亿元资金|支持…."""
    rest = shown[quantity.end : limit]
    if _BOUNDARY.match(rest):
        return quantity.end
    rest = rest.partition("、")[0]
    if (purpose := wording.PURPOSE.search(rest)) and purpose.start() > 0:
        rest = rest[: purpose.start()]
    for link in re.finditer("[和及与]", rest):
        if wording.COUNTABLE_END.search(rest[: link.start()]):
            rest = rest[: link.start()]
            break
    return quantity.end + len(_LINK_END.sub("", rest))


def _distributed(text: str, start: int, quantities: list[Quantity]) -> Iterator[Promise]:
    """A、B产值分别突破300亿和400亿元: one promise each, the unit of measure of the last for all."""
    end = quantities[-1].end
    subjects = re.split("[、和及与]", text[start : quantities[0].start])
    subjects[0] = wording.without_auxiliaries(subjects[0])
    head = wording.SHARED_HEAD.search(subjects[-1])
    for place, quantity in enumerate(quantities):
        subject = subjects[place] if len(subjects) == len(quantities) else "、".join(subjects)
        if head and not wording.SHARED_HEAD.search(subject):
            subject += head[0]
        verb = quantities[0].verb
        subject = verb + subject if wording.leading_action(verb) else subject + verb
        unit = quantity.unit
        if len(unit) < len(quantities[-1].unit):
            unit = quantities[-1].unit if quantities[-1].unit.startswith(unit) else unit
        comparator = (
            quantities[0].comparator if quantity.comparator == "eq" else quantity.comparator
        )
        yield Promise(replace(quantity, comparator=comparator), start, end, subject, unit)


def _understood_unit(name: str) -> str:
    """The unit of measure of a bare figure: 个 for what is counted so, else none and no promise.

    学位6400 in project 4 of 2022 stands among 学位5100个, 1.3万个, 4600个 and 4800个.
    """
    return "个" if wording.COUNTED_IN_GE.search(name) else ""


def bare_figures(text: str) -> list[str]:
    """Promised figures printed without a unit of measure (学位6400), for a warning."""
    shown = _mask(text)
    promised = {(each.start, each.end) for each in find_promises(text)}
    return [
        text[max(0, each.number_start - 4) : each.end]
        for each in find_quantities(shown)
        if not each.unit and any(start <= each.start and each.end <= end for start, end in promised)
    ]


def find_headline(text: str) -> tuple[ParsedIndicator, ...]:
    """The plan's own targets (地区生产总值增长8.5%左右): named by what grows, not by growing."""
    return tuple(
        replace(each, name=_GROWS.sub("", each.name) or each.name) for each in find_promises(text)
    )
