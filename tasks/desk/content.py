"""What a draft says now: its newest source, read with every decision, corrected by every act that
stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import msgspec

from tasks.desk import changes as said
from tasks.desk.changes import Change
from tasks.desk.correcting import Corrected, DeskItem, correct
from tasks.desk.following import followed
from tasks.intake.answering import awaited
from tasks.intake.plan import directory, series_of
from tasks.models import DraftAct, NoticeDraft, NoticeSource, SourceKind
from tasks.reader import decisions as decided
from tasks.reader.directory import Directory
from tasks.reader.parsed import (
    ParsedArea,
    ParsedIndicator,
    ParsedItem,
    ParsedNotice,
    ParsedParagraph,
)
from tasks.reader.parser import notice_of
from tasks.reader.read import read
from tasks.reader.reading import UNUSED, Doubt, Reading
from tasks.reader.sources.lines import Source

NOT_PRINTED = ("short_title", "tracking", "cycle")  # of an item; people say it, not the notice
MOST_UNDONE = 20  # so many of the last acts can be taken back


@dataclass(frozen=True)
class Carried:
    """What comes of the year before and nobody said: how its table is read (`changes`), and key of
    an item → fields of it.
    """

    changes: Sequence[Change] = ()
    items: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, source: NoticeSource) -> Carried:
        kept = source.carried
        return cls(said.from_json(kept["changes"]), kept["items"]) if kept else cls()

    def to_json(self) -> dict[str, Any] | None:
        if not self.changes and not self.items:
            return None
        return {"changes": [each.to_json() for each in self.changes], "items": self.items}

    def beside_a_notice(self) -> Carried:
        """What still holds when the notice is there: the rest stands in it."""
        items = {
            key: {name: value for name, value in fields.items() if name in NOT_PRINTED}
            for key, fields in self.items.items()
        }
        kept = {key: fields for key, fields in items.items() if fields}
        return Carried([each for each in self.changes if each.is_series], kept)


@dataclass(frozen=True)
class Content:
    """The draft as its pages show it. `acts` are those that stand, oldest first; `changes` what
    they say of this source, `lost` those of which something is not found in it.
    """

    draft: NoticeDraft
    source: NoticeSource
    directory: Directory
    reading: Reading
    corrected: Corrected
    acts: tuple[DraftAct, ...]
    changes: tuple[Change, ...]
    lost: tuple[DraftAct, ...]

    @property
    def items(self) -> Sequence[DeskItem]:
        return self.corrected.items

    @property
    def areas(self) -> Sequence[ParsedArea]:
        return self.corrected.areas

    @property
    def is_carried(self) -> bool:
        """Whether the source is the year before: nobody has promised its numbers again."""
        return self.source.kind == SourceKind.CARRIED

    def owes_targets(self, each: DeskItem) -> bool:
        """Whether its numbers are those of the year before, and nobody has said that they hold."""
        if not self.is_carried or "indicators" in each.changed or not each.item.indicators:
            return False
        before = {_figure(one) for item in self.reading.items for one in item.indicators}
        return all(_figure(one) in before for one in each.item.indicators)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Those nobody answered."""
        return self.reading.doubts

    @property
    def series(self) -> str:
        """台账名称: as somebody said it, else what stays the same in the title every year."""
        said_so = [each.value for each in self.changes if each.is_series]
        return said_so[-1] if said_so else series_of(self.reading.head.title)

    def item(self, key: str) -> DeskItem | None:
        return next((each for each in self.items if each.key == key), None)

    def notice(self) -> ParsedNotice:
        """What would be written to the plan."""
        return replace(
            notice_of(self.reading),
            items=tuple(self._promised(each) for each in self.items),
            areas=tuple(self.areas),
            paragraphs=(*self.reading.paragraphs, *self._said_to_be_none()),
        )

    def _promised(self, each: DeskItem) -> ParsedItem:
        """Without the targets of the year before."""
        return replace(each.item, indicators=()) if self.owes_targets(each) else each.item

    def _said_to_be_none(self) -> Iterator[ParsedParagraph]:
        """What was read as an item and is 工作要求, 报送要求 or part of the letter."""
        for each, kind in self.corrected.dropped:
            if kind != UNUSED:
                yield ParsedParagraph(each.item.line, kind, each.item.text)


def content_of(draft: NoticeDraft, source: NoticeSource | None = None) -> Content:
    """Few queries; the reading itself is remembered by source, decisions and directory.

    `source`: an older original of the draft, else its newest.
    """
    source = source or draft.sources.latest("id")
    acts = tuple(draft.acts.filter(undone_at=None))
    known = directory()
    carried = list(_carried(acts, source))
    given = Carried.of(source)
    changes = [*given.changes, *(each for _, each, holds in carried if holds)]
    decisions = said.decisions_in(changes)
    reading = _read(bytes(source.content), known_names(known), decisions_key(decisions))
    corrected = correct(reading, changes, known, given.items)
    missed = {id(each) for each in corrected.lost}
    lost = {act.pk for act, each, holds in carried if not holds or id(each) in missed}
    return Content(
        draft,
        source,
        known,
        reading,
        corrected,
        acts,
        tuple(changes),
        tuple(each for each in acts if each.pk in lost),
    )


def _figure(one: ParsedIndicator) -> tuple[object, ...]:
    return one.name, one.value, one.upper, one.unit


def awaits_its_lead(each: DeskItem) -> bool:
    """汇总牵头待定: others lead along, and nobody knows whom the notice names first."""
    return each.has_owner and not each.aside and bool(awaited(each.item.designations))


def _carried(
    acts: Sequence[DraftAct], source: NoticeSource
) -> Iterator[tuple[DraftAct, Change, bool]]:
    """All changes with their act, and whether they hold: what was said of places of another source
    is said of the same words here.
    """
    others = {act.source_id for act in acts} - {source.pk}
    older = NoticeSource.objects.in_bulk(others) if others else {}
    for act in acts:
        kept, lost = said.from_json(act.changes), list[Change]()
        if act.source_id in older:
            before = opened(bytes(older[act.source_id].content))
            kept, lost = followed(kept, before, opened(bytes(source.content)))
        yield from ((act, each, True) for each in kept)
        yield from ((act, each, False) for each in lost)


def stored(source: Source) -> bytes:
    """As `NoticeSource.content`."""
    return msgspec.msgpack.encode(source)


@lru_cache(maxsize=8)
def opened(content: bytes) -> Source:
    return msgspec.msgpack.decode(content, type=Source)


def known_names(known: Directory) -> tuple[tuple[str, tuple[str, str]], ...]:
    return tuple(known.names.items())


def decisions_key(decisions: decided.Decisions) -> tuple[tuple[tuple[str, str], str], ...]:
    return tuple(decisions.made.items())


@lru_cache(maxsize=16)
def _read(content: bytes, names: Any, made: Any) -> Reading:
    """A notice of 144 items takes half a second to read; every page of the desk shows it."""
    return read(opened(content), Directory(dict(names)), decided.Decisions(dict(made)))
