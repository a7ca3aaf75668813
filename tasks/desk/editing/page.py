"""核对 as it is shown: the draft on both sides, with what is counted of it in one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from tasks.desk.acts import last_step
from tasks.desk.content import Content, content_of
from tasks.desk.correcting import DeskItem
from tasks.desk.editing.doubts_pane import (
    NOTHING_REFUSED,
    DoubtGroup,
    Refused,
    doubt_groups,
    solved,
)
from tasks.desk.editing.items_pane import (
    Chip,
    Group,
    ItemFace,
    Wanted,
    area_chips,
    chips_of,
    doubtful_items,
    face_of,
    groups_of,
)
from tasks.desk.editing.source_pane import Block, Key, blocks_of, legend_of
from tasks.desk.open_doubts import left_to_do, open_doubts
from tasks.models import DraftAct, NoticeDraft
from tasks.reader.directory import Directory, fold
from tasks.reader.parsed import GROUP
from tasks.reader.reading import UNUSED, Doubt
from units.models import Unit


@dataclass(frozen=True)
class Option:
    """A unit or collective designation to choose; `hint` is what else it is found by."""

    name: str
    hint: str


@dataclass
class Desk:
    """One draft for one pair of eyes: `wanted` is what of the items they asked for."""

    content: Content
    wanted: Wanted = field(default_factory=Wanted)
    refused: Refused = NOTHING_REFUSED
    around: dict[str, Any] = field(default_factory=dict)  # choices of the forms in it

    @classmethod
    def of(cls, draft: NoticeDraft, wanted: Wanted, refused: Refused = NOTHING_REFUSED) -> Desk:
        return cls(content_of(draft), wanted, refused)

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        return open_doubts(self.content)

    @property
    def left(self) -> int:
        """处 that somebody still has to look at."""
        return left_to_do(self.doubts)

    @property
    def name(self) -> str:
        """What is read, in the words of the heading."""
        year = self.content.reading.head.year
        return f"{year}年责任分解" if year else str(self.content.draft)

    @property
    def suffix(self) -> str:
        """What was asked for, behind the address of an act."""
        return f"?{self.wanted.query}" if self.wanted.query else ""

    @property
    def refused_group(self) -> str:
        """The group that holds the answer that could not be carried out."""
        groups = self.doubt_groups if self.refused.key else []
        mine = (each.name for each in groups if any(f.key == self.refused.key for f in each.faces))
        return next(mine, "")

    @property
    def total(self) -> int:
        return len(self.content.items)

    @cached_property
    def share(self) -> int:
        """已核对: characters with a destination or an answer; 100 only where none is left."""
        spans = [each.span for each in self.content.reading.spans]
        total = sum(each.end - each.start for each in spans)
        asked = {
            (place.line, at)
            for each in self.doubts
            if each.kind in (UNUSED, "promise")
            for place in each.places
            for at in range(place.start, place.end)
        }
        open_ones = sum(
            (each.line, at) in asked for each in spans for at in range(each.start, each.end)
        )
        return 100 if not open_ones else min(99, 100 * (total - open_ones) // max(total, 1))

    @cached_property
    def groups(self) -> list[Group]:
        return groups_of(self.content, self.doubts, self.wanted)

    @cached_property
    def doubt_groups(self) -> list[DoubtGroup]:
        return doubt_groups(self.content, self.doubts, self.refused)

    @cached_property
    def blocks(self) -> list[Block]:
        return blocks_of(self.content, self.doubts)

    @property
    def legend(self) -> list[Key]:
        return legend_of(self.content)

    @cached_property
    def chips(self) -> list[Chip]:
        return chips_of(self.content, self.doubts)

    @property
    def areas(self) -> list[Chip]:
        return area_chips(self.content)

    @cached_property
    def step(self) -> Sequence[DraftAct]:
        """What 撤销上一步 would take back."""
        return last_step(self.content.draft, self.content.acts)

    @property
    def solved(self) -> str:
        return solved(self.content.acts)

    @property
    def saved_at(self) -> datetime | None:
        return self.content.acts[-1].made_at if self.content.acts else None

    def face(self, each: DeskItem) -> ItemFace:
        """The row of one item."""
        doubtful = doubtful_items(self.doubts, self.content)
        return face_of(each, self.content, self.wanted, is_doubtful=each.key in doubtful)

    def who_changed(self, key: str) -> DraftAct | None:
        """Who last said something of the item, or of what it was read from."""
        stem = key.partition("/")[0]
        acts = reversed(self.content.acts)
        mine = (act for act in acts if any(_is_about(row, stem) for row in act.changes))
        return next(mine, self.content.acts[-1] if self.content.acts else None)


def _is_about(row: dict[str, object], stem: str) -> bool:
    return str(row["key"]).partition(":")[0].partition("/")[0] == stem or row["value"] == stem


def options(known: Directory) -> list[Option]:
    """Whom an item can name: by name, other names and initials. One query."""
    others: dict[str, list[str]] = defaultdict(list)
    for name, (canonical, _) in known.names.items():
        if name != fold(canonical):
            others[canonical].append(name)
    units = Unit.objects.filter(retired_on=None).values_list("name", "pinyin")
    found = [Option(name, " ".join([*others[name], pinyin])) for name, pinyin in units]
    found.extend(Option(name, "集合称谓") for name in group_names(known))
    return found


def group_names(known: Directory) -> list[str]:
    """The collective designations."""
    named = (canonical for canonical, target in known.names.values() if target == GROUP)
    return list(dict.fromkeys(named))
