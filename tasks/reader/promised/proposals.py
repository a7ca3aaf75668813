"""From a promised quantity to the indicator that is proposed for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasks.reader.parsed import ParsedIndicator
from tasks.reader.promised import wording
from tasks.reader.promised.naming import qualified
from tasks.reader.promised.quantities import Quantity

_LONGEST_SOURCE = 200  # what an indicator can store


@dataclass(frozen=True, slots=True)
class Promise:
    """A quantity with the stretch of text it belongs to."""

    quantity: Quantity
    start: int
    end: int
    name: str
    unit: str


def distinct(promises: Sequence[Promise]) -> list[Promise]:
    """增加学位, five times in one item, becomes 幼儿园增加学位, 小学增加学位 …."""
    counts = Counter(each.name for each in promises)
    named: list[Promise] = []
    used: Counter[str] = Counter()
    for place, each in enumerate(promises):
        name = each.name
        if counts[name] > 1 and place > 0:
            name = qualified(promises[place - 1].name, name)
        used[name] += 1
        named.append(replace(each, name=name if used[name] == 1 else f"{name}({used[name]})"))
    return named


def indicator_of(promise: Promise, text: str, reporting: str) -> ParsedIndicator:
    """The indicator, filed by the unit `reporting`."""
    quantity, name = promise.quantity, promise.name
    start = max(promise.start, promise.end - _LONGEST_SOURCE)
    action = bool(wording.leading_action(name))
    is_share = quantity.is_share and (bool(wording.RATE.search(name)) or not action)
    source = text[start : promise.end]
    reaching = text[quantity.start : quantity.number_start]
    is_level = quantity.is_level or (not quantity.is_share and wording.is_stock(name, reaching))
    return ParsedIndicator(
        name=name,
        value=quantity.value,
        upper=quantity.upper,
        unit=promise.unit,
        comparator=quantity.comparator,
        kind="rate" if is_share or is_level else "cumulative",
        direction="down" if quantity.comparator == "le" or "控制" in source else "up",
        tracks_start=not is_level and _tracks_start(name, promise.unit),
        reporting=reporting,
        start=start,
        end=promise.end,
        source_text=source,
    )


def _tracks_start(name: str, unit: str) -> bool:
    """开工 beside 完工 makes sense for works that are counted one by one."""
    return (
        unit in wording.WORK_UNITS
        and bool(wording.WORKS.search(name))
        and not wording.NO_WORKS.search(name)
    )
