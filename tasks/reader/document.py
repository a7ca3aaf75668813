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
    ParsedParagraph,
    ParsedSubItem,
    ParsedUnused,
    PlanHead,
)

_LATER = ("deadline", "deadline_text", "leaders", "sub_items")
ROLES = (LEAD, SUPPORT, RESPONSIBLE)
Document = dict[str, Any]


def published(notice: ParsedNotice) -> Document:
    """The schema of `import_notice --format json` and `export_plan`."""
    items = _document(notice, _published_item, published_indicator)
    return {**items, **_paragraphs(notice), **around(notice)}


def reviewed(notice: ParsedNotice) -> Document:
    """The published schema, and per item and indicator what a person decides. What a notice of
    2022 could not have (time limits, leaders, parts) stands there only where there is some.
    """
    rest = {**_paragraphs(notice), **around(notice)}
    kept = {key: value for key, value in rest.items() if value}
    return {**_document(notice, _reviewed_item, _reviewed_indicator), **kept}


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


def around(notice: ParsedNotice) -> Document:
    """What is no item: text left out, titles of lists, heads of columns."""
    return {
        "unused": [
            {"line": each.line, "text": each.text, "reason": each.reason} for each in notice.unused
        ],
        "sections": list(notice.sections),
        "columns": list(notice.columns),
    }


def _paragraphs(notice: ParsedNotice) -> Document:
    return {
        "paragraphs": [
            {"line": each.line, "kind": each.kind, "text": each.text} for each in notice.paragraphs
        ]
    }


def _published_item(item: ParsedItem) -> Document:
    return {
        "kind": item.kind,
        "number": item.number,
        "area": item.area,
        "theme": item.theme,
        "text": item.text,
        **{role: item.names(role) for role in ROLES},
        "deadline": item.deadline.isoformat() if item.deadline else None,
        "deadline_text": item.deadline_text or None,
        "leaders": list(item.leaders),
        "sub_items": [_sub_item(each) for each in item.sub_items],
        "indicators": [published_indicator(each) for each in item.indicators],
    }


def _sub_item(sub: ParsedSubItem) -> Document:
    return {
        "number": sub.number,
        "text": sub.text,
        **{role: sub.names(role) for role in ROLES},
        "deadline": sub.deadline.isoformat() if sub.deadline else None,
        "deadline_text": sub.deadline_text or None,
        "leaders": list(sub.leaders),
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
    printed = _printed(item.designations)
    fields = {k: v for k, v in _published_item(item).items() if k not in _LATER or v}
    if item.sub_items:
        fields["sub_items"] = [
            {**_sub_item(each), "printed": _printed(each.designations)} for each in item.sub_items
        ]
    return {
        **fields,
        "indicators": [_reviewed_indicator(each) for each in item.indicators],
        "printed": printed,
        "short_title": item.short_title,
        "tracking": item.tracking,
        "cycle": item.cycle,
    }


def _printed(designations: Sequence[ParsedDesignation]) -> dict[str, str]:
    """Canonical name → printed one, where they differ."""
    return {each.name: each.printed_name for each in designations if each.name != each.printed_name}


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
        paragraphs=tuple(ParsedParagraph(**each) for each in document.get("paragraphs", ())),
        unused=tuple(ParsedUnused(**each) for each in document.get("unused", ())),
        sections=tuple(document.get("sections", ())),
        columns=tuple(document.get("columns", ())),
    )


def _item(entry: Mapping[str, Any], directory: Directory) -> ParsedItem:
    return ParsedItem(
        kind=entry["kind"],
        number=entry["number"],
        area=entry["area"],
        theme=entry["theme"],
        text=entry["text"],
        designations=_designations(entry, directory),
        indicators=_indicators(entry["indicators"]),
        line=0,
        short_title=entry["short_title"],
        tracking=entry["tracking"],
        cycle=entry["cycle"],
        **_limits(entry),
        sub_items=tuple(
            ParsedSubItem(
                each["number"], each["text"], _designations(each, directory), **_limits(each)
            )
            for each in entry.get("sub_items", ())
        ),
    )


def _designations(entry: Mapping[str, Any], directory: Directory) -> tuple[ParsedDesignation, ...]:
    return tuple(
        ParsedDesignation(role, order, entry["printed"].get(name, name), *directory.resolve(name))
        for role in ROLES
        for order, name in enumerate(entry[role], start=1)
    )


def _limits(entry: Mapping[str, Any]) -> dict[str, Any]:
    day = entry.get("deadline")
    return {
        "deadline": date.fromisoformat(day) if day else None,
        "deadline_text": entry.get("deadline_text") or "",
        "leaders": tuple(entry.get("leaders", ())),
    }


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
