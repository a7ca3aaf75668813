"""What a promised number is called, from the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tasks.reader.promised import wording

_AND_SO_ON = re.compile(r"(?<![高中初平相同均特])等(?![级次待于同候额])")
_EDGES = " \t\u3000\xa0、,，;；:：()（）和及与并的"
_CLAUSE_END = re.compile(r"[,，;；。:：、]")
_LONGEST = 60


class Named(Protocol):
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Subject:
    """The words around a figure.

    `carried_action`: the verb of the enumeration it stands in; `sentence`: what precedes it.
    """

    before: str
    after: str
    carried_action: str
    sentence: str


def name_of(subject: Subject, earlier: Sequence[Named]) -> str:
    """A short name in the notice's own words; never empty."""
    words = (subject.before + subject.after).strip(_EDGES)
    plain = wording.without_auxiliaries(words) if words else ""
    if not plain:
        return _fallback(subject, earlier)
    plain = _without_examples(plain)
    if earlier and wording.TOTAL.match(plain):
        return qualified(_thing(earlier[-1].name), plain)
    if earlier and (wording.STAGES_ONLY.match(plain) or wording.DEPENDENT.match(plain)):
        return _cut(_thing(earlier[-1].name) + plain)
    if subject.carried_action and not wording.leading_action(words):
        plain = subject.carried_action + plain
    return _cut(plain)


def qualified(previous: str, name: str) -> str:
    """增加学位 after 新改扩建幼儿园 → 幼儿园增加学位."""
    return _cut(wording.without_action(previous) + name)


def _thing(name: str) -> str:
    """亿元以上项目开工入库 → 亿元以上项目, so that 竣工投产 can follow it too."""
    return wording.STAGES_AT_END.sub("", name) or name


def _without_examples(text: str) -> str:
    """A、B等亿元以上技改项目 → 亿元以上技改项目; a bare 项目 keeps its examples."""
    marks = list(_AND_SO_ON.finditer(text))
    if not marks:
        return text
    head, tail = text[: marks[-1].start()], text[marks[-1].end() :].strip(_EDGES)
    if not tail or wording.GENERIC.match(tail):
        return text
    action = wording.leading_action(head)
    return tail if wording.leading_action(tail) else action + tail


def _fallback(subject: Subject, earlier: Sequence[Named]) -> str:
    """A clause that is a figure only belongs to what was said before it."""
    if earlier:
        return earlier[-1].name
    parts = [part for part in _CLAUSE_END.split(subject.sentence) if part.strip(_EDGES)]
    return _cut(wording.without_auxiliaries(parts[-1].strip(_EDGES))) if parts else "年度目标"


def _cut(name: str) -> str:
    return name[-_LONGEST:] if len(name) > _LONGEST else name
