"""What stands around the items: the letter and its targets, and what a person made of places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.reader import decisions as decided
from tasks.reader import reading as shown
from tasks.reader.body import draft as drafts
from tasks.reader.body.draft import Draft, DraftItem
from tasks.reader.decisions import PLACE, Decisions
from tasks.reader.finish import doubts as doubting
from tasks.reader.finish.spans import Paint
from tasks.reader.parsed import KEY_TASK, ParsedIndicator
from tasks.reader.passages import BLANK, Passage, joined, places_of
from tasks.reader.promised.promises import find_headline
from tasks.reader.reading import Answer, Doubt
from tasks.reader.sources.lines import Source

_HEADLINE = re.compile(r"(?:预期目标|主要目标|发展目标)[^:：。]{0,8}[:：]")
_SENTENCE = re.compile(r"[^。！!？?]+[。！!？?]*")


@dataclass(slots=True)
class Around:
    """Reads into the draft; `headline` and `doubts` are what it found."""

    draft: Draft
    source: Source
    decisions: Decisions
    paint: Paint
    headline: list[ParsedIndicator] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def read(self) -> None:
        self._paragraphs()
        self._decided_places()

    def _paragraphs(self) -> None:
        """主要预期目标 among them: each sentence without a figure is a promise to be decided."""
        out = []
        for kind, passage in self.draft.paragraphs:
            if not _HEADLINE.search(passage.text):
                out.append((kind, passage))
                continue
            targets = find_headline(passage.text)
            if not targets:
                out.append((kind, passage))
                continue
            self.headline.extend(targets)
            out.append((drafts.HEADLINE, passage))
            self.paint.put(passage, shown.PLAN)
            self.doubts.extend(doubting.unclear(passage, None))
            for each in targets:
                self.paint.put(passage[each.start : each.end], shown.NUMBER)
            self._sentences(passage, targets)
        self.draft.paragraphs = out

    def _sentences(self, passage: Passage, targets: Sequence[ParsedIndicator]) -> None:
        for found in _SENTENCE.finditer(passage.text):
            if any(found.start() <= each.start < found.end() for each in targets):
                continue
            sentence = passage[found.start() : found.end()].strip(BLANK)
            key = doubting.of_place(sentence)
            if self.decisions.get(PLACE, key) is not None:
                continue
            answers = [
                Answer(words, decided.Decision(PLACE, key, value))
                for words, value in (
                    ("也是一项", decided.ITEM),
                    (doubting.demand_in(sentence.text), decided.PLAN),
                    ("不跟踪", decided.UNUSED),
                )
            ]
            self.doubts.append(
                doubting.doubt(
                    "promise",
                    "主要预期目标中的这句话没有数字，未读入指标",
                    sentence,
                    answers=answers,
                )
            )

    def _decided_places(self) -> None:
        """Stretches of text that a person made an item, a requirement, or nothing."""
        for key, value in self.decisions.of(PLACE).items():
            passage = self._at(key)
            if passage is None or not passage.text.strip(BLANK):
                continue
            self.draft.unused = [
                (each, reason) for each, reason in self.draft.unused if not _covers(passage, each)
            ]
            if value == decided.ITEM:
                item = DraftItem(None, "", [passage], kind=KEY_TASK)
                at = next(
                    (n for n, each in enumerate(self.draft.items) if each.line > passage.line),
                    len(self.draft.items),
                )
                self.draft.items.insert(at, item)
            elif value == decided.UNUSED:
                self.draft.leave(passage, "")
                self.paint.put(passage, shown.UNUSED)
            else:
                is_letter = value == decided.LETTER
                kind = drafts.LETTER if is_letter else drafts.demanded(passage.text)
                self.draft.paragraph(kind, passage)
                self.paint.put(passage, shown.PLAN)

    def _at(self, key: str) -> Passage | None:
        try:
            first, start, last, end = (int(each) for each in key.split(":"))
        except ValueError:
            return None
        lines = self.source.lines
        if not 1 <= first <= last <= len(lines):
            return None
        pieces = []
        for number in range(first, last + 1):
            text = lines[number - 1].text
            begin, stop = start if number == first else 0, end if number == last else len(text)
            pieces.append(Passage.of(number, text).between(begin, stop))
        return joined(pieces)


def _covers(one: Passage, other: Passage) -> bool:
    """Whether `other` stands within `one`."""
    theirs = places_of([other.strip(BLANK)])
    return bool(theirs) and theirs <= places_of([one])
