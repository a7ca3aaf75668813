"""How wide text prints, in characters of its own size: for titles and for papers of one page."""

from __future__ import annotations

from math import ceil

CHINESE_FROM = 0x1100
WIDE_MARKS = "“”‘’—…·"
NARROW = 0.55  # figures and Latin letters


def width_of(text: str) -> float:
    """In characters: a Chinese one is 1."""
    return sum(1.0 if ord(s) >= CHINESE_FROM or s in WIDE_MARKS else NARROW for s in text)


def lines_in(text: str, room: float) -> int:
    """Lines that `text` takes where `room` characters stand on one."""
    return sum(max(1, ceil(width_of(part) / max(room, 1.0))) for part in text.split("\n"))
