"""Numbers and 分项 of an item as a correction stores them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tasks.reader.finish.designating import of_parts
from tasks.reader.parsed import (
    SUPPORT,
    UNKNOWN,
    ParsedDesignation,
    ParsedIndicator,
    ParsedItem,
    ParsedSubItem,
)

ROLES = ("lead", "responsible", "support")


def as_row(indicator: ParsedIndicator) -> dict[str, Any]:
    """An indicator as a correction stores it."""
    return {
        name: str(value) if isinstance(value := getattr(indicator, name), Decimal) else value
        for name in ParsedIndicator.__dataclass_fields__
    }


def from_row(row: Mapping[str, Any]) -> ParsedIndicator:
    upper = row["upper"]
    given = {**row, "value": Decimal(row["value"]), "upper": Decimal(upper) if upper else None}
    return ParsedIndicator(**given)


def placed(indicator: ParsedIndicator, text: str) -> ParsedIndicator:
    """With where its words stand in another text; nowhere: 0 to 0."""
    start = text.find(indicator.source_text) if indicator.source_text else -1
    end = start + len(indicator.source_text)
    return replace(indicator, start=max(start, 0), end=end if start >= 0 else 0)


def as_part(part: ParsedSubItem) -> dict[str, Any]:
    """A 分项 as a correction stores it; units by role, with the names that a page shows."""
    return {
        "number": part.number,
        "text": part.text,
        **{role: shown_names(part.designations, role) for role in ROLES},
        "leaders": list(part.leaders),
        "deadline_text": part.deadline_text,
        "deadline": part.deadline.isoformat() if part.deadline else "",
    }


def shown_names(designations: Sequence[ParsedDesignation], role: str) -> list[str]:
    """As the directory spells them; as printed where it does not know them."""
    return [
        one.printed_name if one.target == UNKNOWN else one.name
        for one in designations
        if one.role == role
    ]


def with_parts(item: ParsedItem, parts: Sequence[ParsedSubItem]) -> ParsedItem:
    """With other 分项; whoever answers for it only through its parts follows them."""
    named = item.designations
    if follows_parts(item) and of_parts(parts):
        named = of_parts(parts, _own(item))
    return replace(item, sub_items=tuple(parts), designations=named)


def follows_parts(item: ParsedItem) -> bool:
    """Whether only its parts name who leads it, as the reader joins them with its own supports."""
    supports = [one for one in item.designations if one.role == SUPPORT]
    return item.designations == of_parts(item.sub_items, supports)


def _own(item: ParsedItem) -> list[ParsedDesignation]:
    """The supports that it names itself: they stand before those of its parts."""
    supports = [one for one in item.designations if one.role == SUPPORT]
    theirs = {one.name for part in item.sub_items for one in part.designations}
    while supports and supports[-1].name in theirs:
        supports.pop()
    return supports


def part_of(item: ParsedItem) -> ParsedSubItem:
    """An item as the 分项 of another."""
    return ParsedSubItem(
        item.printed_number,
        item.text,
        item.designations,
        item.deadline_text,
        item.deadline,
        item.leaders,
    )
