"""What was read of one source: the tree that a page shows and a command prints. Plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.reader.decisions import Decision
from tasks.reader.parsed import (
    KEY_TASK,
    ParsedArea,
    ParsedIndicator,
    ParsedItem,
    ParsedParagraph,
    ParsedUnused,
    PlanHead,
)
from tasks.reader.passages import Span
from tasks.reader.sources.lines import Source

# What a character of the source was read as.
ITEM, UNIT, NUMBER, DEADLINE, LEADER, HEADING, LABEL, LETTER, PLAN, FURNITURE, UNUSED = (
    "item", "unit", "number", "deadline", "leader", "heading", "label", "letter", "plan",
    "furniture", "unused",
)  # fmt: skip
SPAN_WORDS: Mapping[str, str] = {
    ITEM: "事项",
    UNIT: "单位",
    NUMBER: "数字",
    DEADLINE: "时限",
    LEADER: "责任领导",
    HEADING: "标题",
    LABEL: "编号和角色名",
    LETTER: "通知正文",
    PLAN: "工作要求",
    FURNITURE: "页面文字",
    UNUSED: "未采用",
}


@dataclass(frozen=True, slots=True)
class Colored:
    """A stretch of the source and what it was read as; `item` is the place in `Reading.items`."""

    span: Span
    kind: str
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to solve a doubt: what the button says, and the decision that it makes."""

    words: str
    decision: Decision
    is_likely: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person has to look at. `key` stays the same when the source is read again;
    `places` are all places it concerns; `is_small` may stay open at 启用.
    """

    kind: str
    key: str
    sentence: str
    text: str
    places: tuple[Span, ...]
    answers: tuple[Answer, ...] = ()
    item: int | None = None
    is_small: bool = False

    @property
    def line(self) -> int:
        return self.places[0].line if self.places else 1


@dataclass(frozen=True, slots=True)
class Convention:
    """A rule for the whole notice. `is_on` is how it was read now; `said` where the notice says
    so (None: it does not); `is_confirmed` once a person decided.
    """

    key: str
    sentence: str
    is_on: bool
    said: Span | None
    text: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table and how it was read. `sample`: its first rows, as they stand; `shares_numbers`:
    several rows have one number, `has_parts`: they were read as parts of one item; `kind` of its
    items.
    """

    key: str
    heads: Mapping[int, str]
    fields: Mapping[int, str]
    rows: int
    sample: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    kind: str = KEY_TASK
    shares_numbers: bool = False
    has_parts: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """One style and what it would give."""

    name: str
    title: str
    items: int
    with_unit: int
    score: float
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """`spans` cover every character of the source that is no blank, in order, none twice.

    `items` and `areas` are those of the plan; `places` gives the spans of each item's own text;
    of `unread_tables` nobody knows which column holds the items.
    """

    source: Source
    style: str
    candidates: tuple[Candidate, ...]
    head: PlanHead
    headline: tuple[ParsedIndicator, ...]
    areas: tuple[ParsedArea, ...]
    items: tuple[ParsedItem, ...]
    places: tuple[tuple[Span, ...], ...]
    paragraphs: tuple[ParsedParagraph, ...]
    unused: tuple[ParsedUnused, ...]
    spans: tuple[Colored, ...]
    doubts: tuple[Doubt, ...]
    conventions: tuple[Convention, ...]
    tables: tuple[TableRead, ...]
    unread_tables: tuple[TableRead, ...]
    sections: tuple[str, ...]
    declared: int | None

    def used_share(self) -> float:
        """Characters with a destination ÷ all characters without blanks."""
        total = sum(each.span.end - each.span.start for each in self.spans)
        left = sum(each.span.end - each.span.start for each in self.spans if each.kind == UNUSED)
        return 1.0 if total == 0 else (total - left) / total
