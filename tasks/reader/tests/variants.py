"""Changed copies of a notice: other labels, signs, numbers, columns, line breaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tasks.reader.markers import ARABIC, marker_of
from tasks.reader.sources.lines import Line, Source

_OTHER_LABELS = (
    ("牵头责任单位", "主办单位"),
    ("牵头单位", "主办单位"),
    ("牵头领导", "分管领导"),
    ("责任领导", "责任市领导"),
    ("责任单位", "承办部门"),
    ("责任部门", "责任单位"),
    ("配合单位", "协办单位"),
    ("完成时限", "时间节点"),
)
_OTHER_LABELS_AGAIN = (
    ("牵头责任单位", "牵头部门"),
    ("牵头单位", "牵头部门"),
    ("牵头领导", "牵头市领导"),
    ("责任领导", "包联领导"),
    ("责任部门", "主要责任单位"),
    ("责任单位", "责任部门"),
    ("配合单位", "配合部门"),
    ("完成时限", "完成时间"),
)
_FULL = str.maketrans(",;:()[]", "，；：（）【】")
_HALF = str.maketrans("，；：（）", ",;:()")


def _lines(source: Source, change: Callable[[str], str]) -> Source:
    return replace(
        source, lines=tuple(replace(each, text=change(each.text)) for each in source.lines)
    )


def _relabelled(pairs: tuple[tuple[str, str], ...]) -> Callable[[Source], Source]:
    marks = {old: f"\x01{place}\x01" for place, (old, _) in enumerate(pairs)}

    def change(text: str) -> str:
        if "为牵头单位" in text:  # a convention, not a label
            return text
        for old, _ in pairs:
            text = text.replace(old, marks[old])
        for old, new in pairs:
            text = text.replace(marks[old], new)
        return text

    return lambda source: _lines(source, change)


def full_width(source: Source) -> Source:
    """Every sign as wide as a character."""
    return _lines(source, lambda text: text.translate(_FULL))


def half_width(source: Source) -> Source:
    return _lines(source, lambda text: text.translate(_HALF))


def other_brackets(source: Source) -> Source:
    """Square brackets for round ones around roles, and the other way round."""
    roles = r"(?:牵头|责任|配合|完成)[^()（）\[\]【】]{0,12}[:：]"

    def change(text: str) -> str:
        text = re.sub(rf"[(（]({roles}(?:[^()（）]|[(（][^()（）]*[)）])*)[)）]", r"【\1】", text)
        return re.sub(rf"\[({roles}[^\[\]]*)\]", r"（\1）", text)

    return _lines(source, change)


def other_numbers(source: Source) -> Source:
    """1、 for 1. and the other way round."""

    def change(text: str) -> str:
        stripped = text.lstrip(" \u3000")
        marker = marker_of(stripped)
        if marker is None or marker.kind != ARABIC:
            return text
        sign = "、" if "、" not in stripped[: marker.end] else "．"
        return f"{marker.number}{sign}{stripped[marker.end :]}"

    return _lines(source, change)


def bracketed_numbers(source: Source) -> Source:
    """一、 as 第一部分, and items that are 1. as 1）."""
    has_parts = any(
        (found := marker_of(each.text.strip())) is not None and found.kind == "arabic_paren"
        for each in source.lines
    )

    def change(text: str) -> str:
        stripped = text.lstrip(" \u3000")
        marker = marker_of(stripped)
        if marker is None or marker.kind != ARABIC or has_parts:
            return text
        return f"{marker.number}）{stripped[marker.end :]}"

    return _lines(source, change)


def moved_breaks(source: Source) -> Source:
    """Long lines of text broken at 30 characters, as a mail program does."""
    out: list[Line] = []
    for each in source.lines:
        pieces = [each.text]
        if each.cell is None and source.kind in ("txt", "docx") and len(each.text) > 40:
            pieces = _broken(each.text, 30)
        for piece in pieces:
            out.append(replace(each, number=len(out) + 1, text=piece))
    return replace(source, lines=tuple(out))


def _broken(text: str, width: int) -> list[str]:
    if "|" in text or "\t" in text or re.match(r"\d+ ", text):
        return [text]  # a row stays a row
    pieces = []
    while len(text) > width:
        cut = width
        while cut < len(text) and marker_of(text[cut:].lstrip()) is not None:
            cut += 1
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text] if text else pieces


def spaced(source: Source) -> Source:
    """A blank line after every paragraph."""
    if source.kind == "pdf":
        return source
    out: list[Line] = []
    for each in source.lines:
        out.append(replace(each, number=len(out) + 1))
        if each.cell is None:
            out.append(Line(len(out) + 1, ""))
    return replace(source, lines=tuple(out))


def turned_columns(source: Source) -> Source:
    """The columns of every table from right to left."""
    widths: dict[int, int] = {}
    for each in source.lines:
        if each.cell is not None:
            end = each.cell.column + each.cell.columns
            widths[each.cell.table] = max(widths.get(each.cell.table, 0), end)
    lines = [
        replace(
            each,
            cell=replace(
                each.cell,
                column=widths[each.cell.table] - each.cell.column - each.cell.columns,
            ),
        )
        if each.cell is not None
        else replace(each, text=_turned(each.text))
        for each in source.lines
    ]
    return replace(source, lines=tuple(lines))


def _turned(text: str) -> str:
    if text.count("|") < 2:
        return text
    cells = [each.strip() for each in text.strip().strip("|").split("|")]
    return " | ".join(reversed(cells))


VARIANTS: dict[str, Callable[[Source], Source]] = {
    "labels": _relabelled(_OTHER_LABELS),
    "labels_again": _relabelled(_OTHER_LABELS_AGAIN),
    "full_width": full_width,
    "half_width": half_width,
    "brackets": other_brackets,
    "numbers": other_numbers,
    "numbers_again": bracketed_numbers,
    "breaks": moved_breaks,
    "spaced": spaced,
    "columns": turned_columns,
}
