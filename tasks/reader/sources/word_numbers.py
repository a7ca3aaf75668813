"""The numbers that Word prints in front of paragraphs and keeps out of their text."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"}
)
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_DIGITS = "零一二三四五六七八九"


class Numbers:
    """Counts the lists of one document; ask it paragraph by paragraph, in their order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.lists: dict[str, str] = {}
        self.by_style: dict[str, tuple[str, int]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def _read_lists(self, numbering: Element) -> None:
        for kind in numbering.iter(f"{W}abstractNum"):
            self.levels[kind.get(f"{W}abstractNumId", "")] = {
                _whole(level.get(f"{W}ilvl")): (
                    _value(level, "numFmt"),
                    _value(level, "lvlText"),
                    _whole(_value(level, "start") or "1"),
                )
                for level in kind.iter(f"{W}lvl")
            }
        for each in numbering.iter(f"{W}num"):
            self.lists[each.get(f"{W}numId", "")] = _value(each, "abstractNumId")

    def _read_styles(self, styles: Element) -> None:
        for style in styles.iter(f"{W}style"):
            if (found := _list_of(style)) is not None:
                self.by_style[style.get(f"{W}styleId", "")] = found

    def of(self, paragraph: Element) -> str:
        """What Word prints before the paragraph; nothing where it prints nothing, or a bullet."""
        found = _list_of(paragraph)
        if found is None:
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            found = self.by_style.get(style.get(f"{W}val", "") if style is not None else "")
        if found is None:
            return ""
        kind, level = self.lists.get(found[0], ""), found[1]
        shape = self.levels.get(kind, {}).get(level)
        if shape is None:
            return ""
        self.counts[kind, level] = self.counts.get((kind, level), shape[2] - 1) + 1
        for other in [key for key in self.counts if key[0] == kind and key[1] > level]:
            del self.counts[other]
        return re.sub("%([1-9])", lambda sign: self._printed(kind, int(sign[1]) - 1), shape[1])

    def _printed(self, kind: str, level: int) -> str:
        shape = self.levels.get(kind, {}).get(level, ("decimal", "", 1))
        value = self.counts.get((kind, level), shape[2])
        if shape[0] in _HAN:
            return _han(value)
        if shape[0] in _CIRCLED and 1 <= value <= 20:
            return chr(0x2460 + value - 1)
        return "" if shape[0] in ("bullet", "none") else str(value)


def _list_of(holder: Element) -> tuple[str, int] | None:
    number = holder.find(f"{W}pPr/{W}numPr")
    if number is None:
        return None
    name = _value(number, "numId")
    return (name, _whole(_value(number, "ilvl"))) if name and name != "0" else None


def _value(parent: Element, name: str) -> str:
    found = parent.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else 0


def _han(value: int) -> str:
    """12 → 十二; figures beyond 99."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones else "")
