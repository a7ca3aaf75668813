"""What people write who mean one thing: 实事3, 重点工作第17项, 批示〔2022〕3号, 督办单2号. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from progress.models import InstructionSource
from tasks.models import TaskKind

_ITEM = re.compile(
    r"(?P<kind>十件实事|实事|重点工作|重点)(?:事项)?\s*第?\s*(?P<number>\d{1,4})\s*[项件号]?"
)
_MATTER = re.compile(
    r"(?P<source>批示|会议议定|议定|督查发现|需协调|督办单|督办)(?:件|事项|通知)?"
    r"\s*(?:[〔\[(【](?P<year>\d{4})[〕\])】])?\s*第?(?P<number>\d{1,4})\s*号?"
)
ORDER = "order"
_SOURCES = {
    "批示": InstructionSource.WRITTEN,
    "会议议定": InstructionSource.MEETING,
    "议定": InstructionSource.MEETING,
    "督查发现": InstructionSource.CHECK,
    "需协调": InstructionSource.COORDINATION,
    "督办单": ORDER,
    "督办": ORDER,
}


class Item(NamedTuple):
    """A numbered item of the plan."""

    kind: str
    number: int


class MatterCode(NamedTuple):
    """A matter by its source, or a 督办单; `year` 0: that of the plan."""

    source: str
    year: int
    number: int


def pointed(words: str) -> Item | MatterCode | None:
    """The one thing that `words` as a whole name; None where they are ordinary words."""
    typed = unicodedata.normalize("NFKC", words).strip()
    if found := _ITEM.fullmatch(typed):
        is_project = found["kind"].endswith("实事")
        kind = TaskKind.PRACTICAL_PROJECT if is_project else TaskKind.KEY_TASK
        return Item(kind, int(found["number"]))
    if found := _MATTER.fullmatch(typed):
        year = int(found["year"] or 0)
        return MatterCode(_SOURCES[found["source"]], year, int(found["number"]))
    return None
