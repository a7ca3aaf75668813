"""What numbers a paragraph: 一、 （一） 1. (1) ① 第一件 第一章 and bullets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from huangshi_tasks.lib.figures import half_width
from tasks.reader.numbers import CHINESE_ORDINAL, DIGIT, chinese_ordinal

PART, HAN, HAN_PAREN, THING, ARABIC, ARABIC_PAREN, CIRCLED, BULLET = (
    "part", "han", "han_paren", "thing", "arabic", "arabic_paren", "circled", "bullet",
)  # fmt: skip
# From the widest to the narrowest; a thing (第一件实事) stands where the arabic ones stand.
RANK = {PART: 0, HAN: 1, HAN_PAREN: 2, THING: 3, ARABIC: 4, ARABIC_PAREN: 5, CIRCLED: 6, BULLET: 7}

_STOP = r"[、.\uff0e．,，]"
_BEHIND = " \t\u3000、.\uff0e:：，,"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ORDINAL = rf"(?:{CHINESE_ORDINAL}|{DIGIT}{{1,3}})"
_SHAPES = (
    (PART, re.compile(rf"第(?P<n>{_ORDINAL})(?:部分|[章篇编节类]|板块|方面)\s*[:：、]?\s*(?=\S)")),
    (THING, re.compile(
        rf"第\s*(?P<n>{_ORDINAL})\s*[件项条](?:民生)?(?:实事|工程|任务|工作)?(?:项目)?"
        r"\s*[:：、.\uff0e]?\s*(?=\S)"
    )),
    (THING, re.compile(
        rf"(?:民生|重点)?(?:实事|项目|工程|任务|事项|举措|行动)之?(?P<n>{_ORDINAL})\s*[:：、.\uff0e]\s*(?=\S)"
    )),
    (HAN_PAREN, re.compile(
        rf"[(\uff08〔﹙]\s*(?P<n>{CHINESE_ORDINAL})\s*[)\uff09〕﹚]\s*[、.．]?\s*(?=\S)"
    )),
    (HAN, re.compile(rf"(?P<n>{CHINESE_ORDINAL})\s*[、.\uff0e．]\s*(?=\S)")),
    (HAN, re.compile(rf"(?P<n>{CHINESE_ORDINAL})[\u3000 ]+(?=\S)")),
    # Not before another digit: 1.5万亩 at the head of a wrapped line is no item.
    (ARABIC, re.compile(rf"(?P<n>{DIGIT}{{1,4}})\s*[、.\uff0e．]\s*(?!{DIGIT})(?=\S)")),
    (ARABIC, re.compile(rf"(?P<n>{DIGIT}{{1,3}})[,，]\s*(?!{DIGIT})(?=[\u4e00-\u9fff])")),
    (ARABIC_PAREN, re.compile(
        rf"[(\uff08﹙]\s*(?P<n>{DIGIT}{{1,3}})\s*[)\uff09﹚]\s*[、.．]?\s*(?=\S)"
    )),
    (ARABIC_PAREN, re.compile(rf"(?P<n>{DIGIT}{{1,3}})\s*[)\uff09]\s*[、.．]?\s*(?=\S)")),
    (CIRCLED, re.compile(rf"(?P<n>[{_CIRCLES}])\s*[、.．]?\s*(?=\S)")),
    (BULLET, re.compile(r"(?P<n>[•●■◆◇▪▲►★※○□➢➤])\s*(?=\S)")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marker:
    """`end`: how many signs it takes; `printed` without the stop behind it."""

    kind: str
    number: int
    printed: str
    end: int


def marker_of(text: str) -> Marker | None:
    """The marker at the head of a stripped text."""
    for kind, shape in _SHAPES:
        found = shape.match(text)
        if found is not None:
            return Marker(kind, _value(found["n"]), found[0].rstrip(_BEHIND), found.end())
    return None


def _value(printed: str) -> int:
    if printed in _CIRCLES:
        return _CIRCLES.index(printed) + 1
    plain = half_width(printed)
    if plain.isdigit():
        return int(plain)
    return chinese_ordinal(printed) if re.fullmatch(CHINESE_ORDINAL, printed) else 0
