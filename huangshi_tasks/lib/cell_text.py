"""What text an Excel cell can hold. Pure; the one spelling for everything that writes workbooks."""

from __future__ import annotations

import re
from math import ceil

LONGEST_TEXT = 32767  # Excel counts UTF-16 units: a rare character or an emoji is two
CUT = "…（内容过长，全文见系统）"
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as the letter A
LOOKS_LIKE_FORMULA = ("=", "+", "-", "@")  # to Excel once somebody edits the cell

PADDING = 1.5  # of a cell, and what breaking at punctuation wastes, in characters


def safe_text(text: str) -> str:
    """`text` as a cell can hold it: unwritable characters become �, what is too long is cut."""
    if text.isprintable():  # so are most; no character of `UNWRITABLE` is
        clean = text
    else:
        clean = UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if "_x" in clean:
        clean = ESCAPE.sub("_x005F_", clean)
    if len(clean) * 2 <= LONGEST_TEXT or utf16_length(clean) <= LONGEST_TEXT:
        return clean
    room = (LONGEST_TEXT - utf16_length(CUT)) * 2
    return clean.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def utf16_length(text: str) -> int:
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)


def lines_of_text(text: str, width: float) -> int:
    """How many printed lines `text` takes in a column of `width` characters.

    A Chinese character is two wide.
    """
    room = max(width - PADDING, 2)
    if "\n" not in text:
        return ceil(_printed_width(text) / room) or 1
    return sum(ceil(_printed_width(line) / room) or 1 for line in text.split("\n"))


def _printed_width(line: str) -> float:
    """One for ASCII, two for Chinese: halfway between characters and their bytes in UTF-8."""
    return (len(line) + len(line.encode("utf-8", "replace"))) / 2
