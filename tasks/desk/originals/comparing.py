"""换一个文件: what is another in the newest original than in the one before."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.desk.content import Content, content_of
from tasks.desk.correcting import DeskItem
from tasks.models import DraftAct, NoticeSource
from tasks.models.items import code_of

ADDED, GONE, CHANGED = "增加", "减少", "有变化"
NEAR = 0.6  # two sentences that share so much are one that was changed


@dataclass(frozen=True)
class Row:
    """One item that came, went or is another; `facts` are label, before, now of what differs."""

    change: str
    code: str
    text: str
    facts: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True)
class Compared:
    """`kept` counts the corrections that still hold, `lost` are the others."""

    before: NoticeSource
    kept: int
    lost: Sequence[DraftAct]
    rows: Sequence[Row]

    def count(self, change: str) -> int:
        return sum(each.change == change for each in self.rows)

    @property
    def added(self) -> int:
        return self.count(ADDED)

    @property
    def gone(self) -> int:
        return self.count(GONE)

    @property
    def changed(self) -> int:
        return self.count(CHANGED)


def compared(content: Content) -> Compared | None:
    """None while there is only one original."""
    sources = content.draft.sources.filter(pk__lt=content.source.pk)
    before = sources.order_by("-pk").first()
    if before is None or before.is_cleared:
        return None
    old = content_of(content.draft, before)
    said = [each for each in content.acts if each.source_id != content.source.pk]
    lost = [each for each in content.lost if each.source_id != content.source.pk]
    rows = list(_rows(old.items, content.items))
    return Compared(before, len(said) - len(lost), lost, rows)


def _rows(old: Sequence[DeskItem], new: Sequence[DeskItem]) -> Iterator[Row]:
    then, now = {each.key: each for each in old}, {each.key for each in new}
    gone = [each for each in old if each.key not in now]
    for each in new:
        before = then.get(each.key)
        if before is None and (before := _nearest(each, gone)) is not None:
            gone.remove(before)
        if before is None:
            yield Row(ADDED, _code(each), each.item.text)
        elif facts := _differences(before, each):
            yield Row(CHANGED, _code(each), each.item.text, facts)
    for each in gone:
        yield Row(GONE, f"原{_code(each)}", each.item.text)


def _code(each: DeskItem) -> str:
    return code_of(each.item.kind, each.item.number)


def _differences(old: DeskItem, new: DeskItem) -> list[tuple[str, str, str]]:
    before, now = _facts(old), _facts(new)
    return [(name, before[name], now[name]) for name in now if before[name] != now[name]]


def _facts(each: DeskItem) -> dict[str, str]:
    item = each.item
    return {
        "编号": _code(each),
        "原文": item.text,
        "牵头": "、".join([*item.names("lead"), *item.names("responsible")]),
        "配合": "、".join(item.names("support")),
        "时限": item.deadline_text,
        "责任领导": "、".join(item.leaders),
    }


def _nearest(each: DeskItem, others: Sequence[DeskItem]) -> DeskItem | None:
    """Of the same kind, the one whose words are most alike, if they are."""
    best, found = NEAR, None
    matcher = difflib.SequenceMatcher(None, b=each.item.text)
    for other in others:
        matcher.set_seq1(other.item.text)
        if other.item.kind != each.item.kind or matcher.quick_ratio() < best:
            continue
        if (likeness := matcher.ratio()) >= best:
            best, found = likeness, other
    return found
