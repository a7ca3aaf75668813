"""原件 as the office sees it: what came in, how it was read, what has to be said before 核对."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tasks.desk.content import Content
from tasks.desk.correcting import DeskItem
from tasks.desk.originals.columns import Shape, unsaid
from tasks.desk.originals.comparing import Compared, compared
from tasks.desk.originals.head import HeadField, fields_of
from tasks.intake.plan import find_plan
from tasks.models import NoticeSource, Plan
from tasks.reader.parsed import KEY_TASK, PRACTICAL_PROJECT, UNKNOWN
from tasks.reader.reading import Candidate

NO_ITEMS = "没有读到事项。请在右边改选写法，或粘贴文字。"
CLEARED = "原件已在废弃满30天时清除，不能再打开。"
_MOST_GAPS = 8


@dataclass(frozen=True)
class Count:
    """One line of 读到的内容; `missing` is what a person will have to look at."""

    label: str
    words: str
    missing: str = ""


@dataclass(frozen=True)
class Read:
    """How a file was read: 已读取：214段，12,406字，无表格."""

    lines: int
    signs: int
    tables: int


class OriginalPage:
    """The page of one draft whose original is still there."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.draft = content.draft
        self.fields = fields_of(content)

    @property
    def source(self) -> NoticeSource:
        return self.content.source

    @cached_property
    def earlier(self) -> Sequence[NoticeSource]:
        """Originals that were replaced, newest first."""
        older = self.draft.sources.filter(pk__lt=self.source.pk)
        return list(older.defer("content").order_by("-pk"))

    @property
    def read(self) -> Read:
        source = self.content.reading.source
        text = [line for line in source.lines if line.cell is None and line.text.strip()]
        signs = sum(len("".join(line.text.split())) for line in source.lines)
        tables = {line.cell.table for line in source.lines if line.cell is not None}
        return Read(len(text), signs, len(tables) or len(self.content.reading.tables))

    @property
    def candidates(self) -> list[tuple[Candidate, str]]:
        """The styles with the share of their items that have a unit, in whole percent."""
        return [
            (each, f"{each.with_unit * 100 // each.items}%" if each.items else "—")
            for each in self.content.reading.candidates
        ]

    @property
    def corrections(self) -> int:
        return len(self.content.acts)

    @property
    def stamp(self) -> str:
        """Changes with whatever this page takes: who saves says what was on theirs."""
        reading = self.content.reading
        rules = [(each.key, each.is_on) for each in reading.conventions]
        shown = [(each.name, each.value) for each in self.fields]
        words = repr((self.source.pk, reading.style, rules, shown))
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    @property
    def open_fields(self) -> list[HeadField]:
        return [each for each in self.fields if each.is_open]

    @property
    def has_items(self) -> bool:
        return bool(self.content.items)

    @property
    def is_ready(self) -> bool:
        """Whether 开始核对 may be pressed."""
        return self.has_items and not self.open_fields

    @cached_property
    def unsaid_tables(self) -> list[Shape]:
        return unsaid(self.content)

    @cached_property
    def compared(self) -> Compared | None:
        return compared(self.content)

    @cached_property
    def plan(self) -> Plan | None:
        """The plan that this notice has become already."""
        head = self.content.reading.head
        found = find_plan(head, self.content.series)
        if found is None and head.document_number:
            found = Plan.objects.filter(document_number=head.document_number).first()
        return found if found is None or found.pk != self.draft.plan_id else None

    @cached_property
    def counts(self) -> list[Count]:
        """读到的内容, so that a wrong reading is seen in two seconds."""
        reading, items = self.content.reading, self.content.items
        named = [one for each in items for one in each.item.designations]
        named += [o for each in items for sub in each.item.sub_items for o in sub.designations]
        unknown = sum(each.target == UNKNOWN for each in named)
        limits = sum(bool(each.item.deadline_text) for each in items)
        themes = sum(len(each.themes) for each in self.content.areas)
        left = sum(each.kind == "unused" for each in self.content.doubts)
        asked = sum(max(len(e.places), 1) for e in self.content.doubts if e.kind != "head")
        rows = [
            _numbered("重点工作", "项", [e for e in items if e.item.kind == KEY_TASK]),
            _numbered("十件实事", "件", [e for e in items if e.item.kind == PRACTICAL_PROJECT]),
            Count("方面、小标题", f"{len(self.content.areas)}个、{themes}个"),
            Count("主要预期目标", f"{len(reading.headline)}个" if reading.headline else ""),
            Count("责任表述", f"{len(named)}处", f"未识别{unknown}处" if unknown else ""),
            Count("完成时限", f"{limits}项" if limits else ""),
            Count("其他文字", "抬头、落款和标题已认出", f"{left}处未采用" if left else ""),
            Count("待核对", f"{asked}处疑问，在下一步逐处处理" if asked else ""),
        ]
        return [each for each in rows if each.words]


def _numbered(label: str, word: str, items: Sequence[DeskItem]) -> Count:
    """134项，编号1至135，缺46，23重复."""
    if not items:
        return Count(label, "")
    numbers = Counter(each.item.number for each in items)
    parts = sum(len(each.item.sub_items) for each in items)
    first, last = min(numbers), max(numbers)
    words = f"{len(items)}{word}，编号{first}至{last}"
    if parts:
        words += f"，{parts}个分项"
    gaps = [number for number in range(first, min(last, first + 2000)) if number not in numbers]
    twice = sorted(number for number, count in numbers.items() if count > 1)
    odd = [f"缺{_listed(gaps)}" if gaps else "", f"{_listed(twice)}重复" if twice else ""]
    return Count(label, words, "，".join(filter(None, odd)))


def _listed(numbers: Sequence[int]) -> str:
    more = "等" if len(numbers) > _MOST_GAPS else ""
    return "、".join(map(str, numbers[:_MOST_GAPS])) + more
