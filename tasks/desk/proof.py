"""核对记录: what became of every character of a notice, and of every question about it.

Of an open draft it is reckoned; at 启用 it is written to `NoticeDraft.proof`, for the directory by
which names were read goes on changing. What people said stands in the acts, for ever.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tasks.desk.content import Content
from tasks.models import DraftAct, NoticeDraft, NoticeSource
from tasks.reader.reading import SPAN_WORDS, UNUSED, Doubt


@dataclass(frozen=True)
class Proof:
    """`characters` by what they were read as, blanks not counted; `open` are the sentences of what
    nobody answered, `lost` how many corrections found no place in the newest original.
    `used_percent`: the share of the characters that went somewhere.
    """

    items: int
    characters: Mapping[str, int]
    used_percent: float
    open: Sequence[str]
    lost: int
    left_out: Sequence[Sequence[str]] = ()  # place and words of what went nowhere

    @property
    def total(self) -> int:
        return sum(self.characters.values())

    @property
    def unused(self) -> int:
        return self.characters.get(UNUSED, 0)

    @property
    def in_words(self) -> list[tuple[str, int]]:
        """事项 10982, 标题 1004 … in the order of the legend, without what there is none of."""
        return [
            (word, self.characters[kind])
            for kind, word in SPAN_WORDS.items()
            if self.characters.get(kind)
        ]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def proof_of(content: Content, doubts: Sequence[Doubt]) -> Proof:
    """As the draft stands now; `doubts` are those that nobody answered."""
    counted: Counter[str] = Counter()
    for each in content.reading.spans:
        counted[each.kind] += each.span.end - each.span.start
    return Proof(
        items=len(content.items),
        characters=dict(counted),
        used_percent=round(content.reading.used_share() * 100, 2),
        open=[in_words(each) for each in doubts],
        lost=len(content.lost),
        left_out=[[f"第{each.line}行", each.text] for each in content.reading.unused],
    )


def kept_proof(draft: NoticeDraft) -> Proof | None:
    """That of 启用; None of a draft that is no plan yet."""
    return Proof(**draft.proof) if draft.proof else None


def in_words(doubt: Doubt) -> str:
    """The sentence with the place where it is asked."""
    where = f"（原文第{doubt.line}行）" if doubt.places else ""
    return f"{doubt.sentence}{where}"


def said_of(draft: NoticeDraft) -> list[DraftAct]:
    """What was said and stands, in its order."""
    return list(draft.acts.filter(undone_at=None).select_related("source"))


def originals_of(draft: NoticeDraft) -> list[NoticeSource]:
    """In the order in which they came, without what was read of them."""
    return list(draft.sources.defer("content").order_by("pk"))
