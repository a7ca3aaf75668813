"""A parsed notice as JSON: the published schema, and the same with what a person reviewed.

Units, areas and items are named by their natural keys (canonical name, ordinal, kind and number),
so that a difference between two documents can be read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tasks.reader.directory import Directory
from tasks.reader.parsed import (
    LEAD,
    RESPONSIBLE,
    SUPPORT,
    NoticeWarning,
    ParsedArea,
    ParsedDesignation,
    ParsedIndicator,
    ParsedItem,
    ParsedNotice,
    PlanHead,
)

ROLES = (LEAD, SUPPORT, RESPONSIBLE)
Document = dict[str, Any]


def published(notice: ParsedNotice) -> Document:
    """The schema of `import_notice --format json` and `export_plan`."""
    return _document(notice, _published_item, published_indicator)


def reviewed(notice: ParsedNotice) -> Document:
    """The published schema, and per item and indicator what a person decides."""
    return _document(notice, _reviewed_item, _reviewed_indicator)


def _document(notice: ParsedNotice, item: Any, indicator: Any) -> Document:
    head = notice.head
    return {
        "plan": {
            "year": head.year,
            "title": head.title,
            "document_number": head.document_number,
            "issued_on": head.issued_on.isoformat() if head.issued_on else None,
        },
        "headline": [indicator(each) for each in notice.headline],
        "areas": [
            {"ordinal": each.ordinal, "title": each.title, "themes": list(each.themes)}
            for each in notice.areas
        ],
        "items": [item(each) for each in notice.items],
        "warnings": [
            {"line": each.line, "text": each.text, "reason": each.reason}
            for each in notice.warnings
        ],
    }


def _published_item(item: ParsedItem) -> Document:
    return {
        "kind": item.kind,
        "number": item.number,
        "area": item.area,
        "theme": item.theme,
        "text": item.text,
        **{role: item.names(role) for role in ROLES},
        "indicators": [published_indicator(each) for each in item.indicators],
    }


def published_indicator(indicator: ParsedIndicator) -> Document:
    """The notice's own fields; figures are JSON numbers, whole ones without a point."""
    return {
        "name": indicator.name,
        "value": json_number(indicator.value),
        "upper": None if indicator.upper is None else json_number(indicator.upper),
        "unit": indicator.unit,
        "comparator": indicator.comparator,
        "source_text": indicator.source_text,
    }


def json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _reviewed_item(item: ParsedItem) -> Document:
    printed = {
        each.name: each.printed_name for each in item.designations if each.name != each.printed_name
    }
    return {
        **_published_item(item),
        "indicators": [_reviewed_indicator(each) for each in item.indicators],
        "printed": printed,
        "short_title": item.short_title,
        "tracking": item.tracking,
        "cycle": item.cycle,
    }


def _reviewed_indicator(indicator: ParsedIndicator) -> Document:
    return {
        **published_indicator(indicator),
        "kind": indicator.kind,
        "direction": indicator.direction,
        "tracks_start": indicator.tracks_start,
        "reporting": indicator.reporting,
        "start": indicator.start,
        "end": indicator.end,
    }


def from_reviewed(document: Mapping[str, Any], directory: Directory) -> ParsedNotice:
    """The inverse of `reviewed`. Raises KeyError or ValueError on a document of another shape."""
    plan = document["plan"]
    return ParsedNotice(
        head=PlanHead(
            plan["year"],
            plan["title"],
            plan["document_number"],
            date.fromisoformat(plan["issued_on"]) if plan["issued_on"] else None,
        ),
        headline=_indicators(document["headline"]),
        areas=tuple(
            ParsedArea(each["ordinal"], each["title"], tuple(each["themes"]))
            for each in document["areas"]
        ),
        items=tuple(_item(each, directory) for each in document["items"]),
        warnings=tuple(NoticeWarning(**each) for each in document["warnings"]),
        known_lines=frozenset(),
    )


def _item(entry: Mapping[str, Any], directory: Directory) -> ParsedItem:
    return ParsedItem(
        kind=entry["kind"],
        number=entry["number"],
        area=entry["area"],
        theme=entry["theme"],
        text=entry["text"],
        designations=tuple(
            ParsedDesignation(
                role, order, entry["printed"].get(name, name), *directory.resolve(name)
            )
            for role in ROLES
            for order, name in enumerate(entry[role], start=1)
        ),
        indicators=_indicators(entry["indicators"]),
        line=0,
        short_title=entry["short_title"],
        tracking=entry["tracking"],
        cycle=entry["cycle"],
    )


def _indicators(entries: Sequence[Mapping[str, Any]]) -> tuple[ParsedIndicator, ...]:
    return tuple(
        ParsedIndicator(
            **{
                **entry,
                "value": Decimal(str(entry["value"])),
                "upper": None if entry["upper"] is None else Decimal(str(entry["upper"])),
            }
        )
        for entry in entries
    )
